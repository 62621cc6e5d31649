// Asks without leaving the page. The server renders every answer, so that there is one renderer; without this script the
// same form posts and the page comes back whole.
"use strict";
(() => {
  const form = document.getElementById("ask");
  const box = document.getElementById("q");
  const context = document.getElementById("context");
  const log = document.getElementById("log");
  const status = document.getElementById("status");
  const tools = document.getElementById("tools");
  const send = form.querySelector("button[type=submit]");
  const patience = 30000; // milliseconds until a slow server is given up on
  let busy = false;

  const say = (text) => { status.textContent = text; };

  const failed = (question, text) => {
    say(text);
    const again = document.createElement("button");
    again.type = "button";
    again.className = "retry";
    again.textContent = "再试一次";
    again.addEventListener("click", () => ask(question));
    status.append(again);
    box.value = question; // what was typed is never lost
  };

  async function ask(question) {
    if (busy || !question.trim()) return;
    busy = true;
    send.disabled = true;
    say("正在查找……");
    const body = new URLSearchParams(new FormData(form));
    body.set("q", question);
    body.set("fragment", "1");
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), patience);
    try {
      const reply = await fetch(form.action, { method: "POST", body, signal: stop.signal });
      const html = await reply.text();
      const holder = document.createElement("template");
      holder.innerHTML = html; // our own server's escaped HTML
      const turn = holder.content.querySelector("article.turn");
      if (!turn) { failed(question, "服务暂时不可用，问题已保留。"); return; }
      document.querySelector(".try")?.remove();
      document.querySelector(".lead")?.remove();
      document.querySelector(".hello")?.classList.replace("hello", "visually-hidden");
      log.append(turn);
      equip(turn);
      window.nianbaoCharts?.draw(turn);
      tools.hidden = false;
      if (turn.dataset.context) context.value = turn.dataset.context;
      box.value = reply.ok ? "" : question;
      say("");
      const heading = turn.querySelector(".question");
      heading.scrollIntoView({ block: "start" });
      heading.focus({ preventScroll: true });
    } catch (error) {
      failed(question, error.name === "AbortError" ? "等了太久没有回应，问题已保留。" : "连接不上服务，问题已保留。");
    } finally {
      clearTimeout(timer);
      busy = false;
      send.disabled = false;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(box.value);
  });

  document.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-ask]");
    if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(chip.dataset.ask);
  });

  // ---- what can be done with an answer: copy, read aloud, rate

  const plain = (turn) => {
    const sources = [...turn.querySelectorAll(".sources li")].slice(0, 8).map((li) => {
      const link = li.querySelector("a");
      return `[${li.value}] ${li.querySelector(".meta")?.textContent.trim() ?? ""} ${link.textContent.trim()} ${link.href}`;
    });
    return [`问：${turn.querySelector(".question").lastChild.textContent.trim()}`, `答：${turn.querySelector(".acts").dataset.text}`, ...sources].join("\n");
  };

  const cells = (turn) => {
    const table = turn.querySelector("table.figures");
    const rows = [...table.rows].map((row) => [...row.cells].slice(0, 2).map((c) => c.textContent.replace(/\s+/g, " ").trim()));
    return rows.map((row) => row.join("\t")).join("\n"); // what a spreadsheet takes as cells
  };

  async function copy(button, text) {
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch { // no permission, or a page without https: the old way
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    say("已复制。");
    button.textContent = "已复制";
    setTimeout(() => { button.textContent = label; }, 2000);
  }

  function read(button, text) {
    const voice = window.speechSynthesis;
    const speaking = button.getAttribute("aria-pressed") === "true";
    voice.cancel();
    for (const other of document.querySelectorAll("[data-read]")) other.setAttribute("aria-pressed", "false");
    if (speaking) return;
    const words = new SpeechSynthesisUtterance(text);
    words.lang = "zh-CN";
    words.onend = () => button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-pressed", "true");
    voice.speak(words);
  }

  function rate(turn, group, button) {
    const verdict = button.dataset.rate;
    for (const other of group.querySelectorAll("[data-rate]")) other.setAttribute("aria-pressed", String(other === button));
    group.querySelector("form")?.remove();
    if (verdict === "up") { report(turn, verdict, ""); return; }
    const why = document.createElement("form");
    why.className = "why";
    const label = document.createElement("label");
    label.textContent = "哪里不对？（可以不填） ";
    const reason = document.createElement("input");
    reason.type = "text";
    reason.maxLength = 200;
    label.append(reason);
    const done = document.createElement("button");
    done.type = "submit";
    done.textContent = "发送";
    why.append(label, done);
    why.addEventListener("submit", (event) => { event.preventDefault(); why.remove(); report(turn, verdict, reason.value); });
    group.append(why);
    reason.focus();
  }

  async function report(turn, rating, reason) {
    const question = turn.querySelector(".question").lastChild.textContent.trim();
    try {
      const reply = await fetch("/feedback", { method: "POST", body: new URLSearchParams({ question, rating, reason }) });
      say(reply.ok ? "谢谢，已记下。" : "没有记下，请稍后再试。");
    } catch { say("没有记下，请稍后再试。"); }
  }

  function equip(turn) {
    const acts = turn.querySelector(".acts");
    if (!acts) return;
    for (const button of acts.querySelectorAll("[data-copy]")) {
      button.hidden = false;
      button.addEventListener("click", () => copy(button, button.dataset.copy === "table" ? cells(turn) : plain(turn)));
    }
    const aloud = acts.querySelector("[data-read]");
    if ("speechSynthesis" in window) {
      aloud.hidden = false;
      aloud.addEventListener("click", () => read(aloud, acts.dataset.text));
    }
    const group = acts.querySelector(".rate");
    group.hidden = false;
    for (const button of group.querySelectorAll("[data-rate]")) button.addEventListener("click", () => rate(turn, group, button));
  }
  log.querySelectorAll("article.turn").forEach(equip);

  const printer = document.getElementById("print");
  printer.hidden = false;
  printer.addEventListener("click", () => {
    for (const more of log.querySelectorAll("details")) more.open = true; // sources belong on paper
    window.print();
  });

  // ---- speech, where the browser hears it

  const Hearing = window.SpeechRecognition || window.webkitSpeechRecognition;
  const speak = document.getElementById("speak");
  if (Hearing) {
    speak.hidden = false;
    speak.addEventListener("click", () => {
      const hearing = new Hearing();
      hearing.lang = "zh-CN";
      hearing.onresult = (event) => { box.value = event.results[0][0].transcript; box.focus(); };
      hearing.onerror = () => say("没有听清，请再说一次或者打字。");
      hearing.onend = () => speak.setAttribute("aria-pressed", "false");
      speak.setAttribute("aria-pressed", "true");
      say("请说……");
      hearing.start();
    });
  }

  if (!log.children.length && window.top === window) box.focus({ preventScroll: true });
})();
