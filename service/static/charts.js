// Draws the figures that the server marked as charts. The library is fetched with the first of them.
"use strict";
window.nianbaoCharts = (() => {
  const here = document.currentScript.src;
  const ink = ["#8c1d18", "#0b4f9e", "#2f6b2f", "#7a4a00", "#5b2d82", "#00666b", "#555b66", "#a8326e"];
  const points = ["circle", "rect", "triangle", "rectRot", "crossRot", "star", "rectRounded", "dash"];
  const dashes = [[], [8, 4], [2, 3], [10, 3, 2, 3], [4, 4], [12, 4], [6, 2, 2, 2], [3, 6]];
  let library = null;

  const load = () => {
    library ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = new URL("vendor/chart.umd.min.js", here).href;
      script.onload = () => done(window.Chart);
      script.onerror = failed;
      document.head.append(script);
    });
    return library;
  };

  const many = (n) => n.toLocaleString("zh-CN", { maximumFractionDigits: 4 });

  async function draw(figure) {
    if (figure.dataset.drawn) return;
    figure.dataset.drawn = "1";
    const data = JSON.parse(figure.dataset.chart);
    let Chart;
    try { Chart = await load(); } catch { figure.querySelector("details")?.setAttribute("open", ""); return; }
    const lines = data.categories.length > 1 && data.categories.every((c) => /^\d{4}年$/.test(c));
    const across = !lines && data.categories.some((c) => c.length > 6);
    const box = document.createElement("div");
    box.className = "canvas";
    if (across) box.style.height = `${Math.max(10, 3 + data.categories.length * 1.9)}rem`;
    const canvas = document.createElement("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `${data.title}的图；同样的数字见下面的表。`);
    box.append(canvas);
    figure.querySelector("figcaption").after(box);
    const size = parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.85;
    Chart.defaults.font.size = size;
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.color = "#33373e";
    const value = across ? "x" : "y";
    new Chart(canvas, {
      type: lines ? "line" : "bar",
      data: {
        labels: data.categories,
        datasets: data.series.map(([label, values], i) => ({
          label, data: values, borderColor: ink[i % 8], backgroundColor: lines ? ink[i % 8] : `${ink[i % 8]}cc`, borderWidth: lines ? 2.5 : 1,
          pointStyle: points[i % 8], pointRadius: 5, borderDash: dashes[i % 8], spanGaps: false, maxBarThickness: 36,
        })),
      },
      options: {
        responsive: true, maintainAspectRatio: false, animation: false, indexAxis: across ? "y" : "x",
        plugins: {
          legend: { display: data.series.length > 1, labels: { usePointStyle: true } },
          tooltip: { callbacks: { label: (item) => `${item.dataset.label} ${many(item.parsed[value])} ${data.unit}` } },
        },
        scales: { [value]: { beginAtZero: true, ticks: { callback: many } } },
      },
    });
  }

  const all = (root) => root.querySelectorAll("figure[data-chart]").forEach(draw);
  all(document);
  return { draw: all };
})();
