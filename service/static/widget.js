// 年报问答的嵌入按钮：<script src="https://…/widget.js" data-agency="…" data-title="…"></script>
// One button with the panel in a frame of its own; styles live in a shadow root, so nothing leaks into the page or out of it.
"use strict";
(() => {
  const script = document.currentScript;
  if (!script) return;
  const base = new URL(script.src, location.href);
  const set = script.dataset;
  const title = set.title || "年报问答";
  const left = (set.position || "").includes("left");
  const color = /^#[0-9a-fA-F]{3,8}$/.test(set.color || "") ? set.color : "#8c1d18";

  const start = () => {
    const host = document.createElement("div");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet(); // no style element: a strict CSP of the page stays satisfied
    sheet.replaceSync(`
      :host{all:initial}
      button,iframe{box-sizing:border-box;font-family:"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
      .open,.close{cursor:pointer;color:#fff;background:${color};border:2px solid #fff}
      .open{position:fixed;bottom:max(20px,env(safe-area-inset-bottom));${left ? "left" : "right"}:20px;z-index:2147483000;padding:12.8px 20.8px;font-size:17.6px;line-height:1.3;border-radius:32px;box-shadow:0 2px 12px #0005}
      :is(.open,.close):focus-visible{outline:3px solid #0b4f9e;outline-offset:2px}
      .panel{position:fixed;bottom:16px;${left ? "left" : "right"}:16px;z-index:2147483001;width:min(416px,calc(100vw - 32px));height:min(672px,calc(100vh - 32px));height:min(672px,calc(100dvh - 32px));background:#fff;border:1px solid #8b929e;border-radius:12.8px;box-shadow:0 4px 24px #0006;display:flex;flex-direction:column;overflow:hidden}
      .panel[hidden],.open[hidden]{display:none}
      .bar{display:flex;justify-content:flex-end;background:${color};padding:4.8px}
      .close{font-size:16px;padding:5.6px 14.4px;border-radius:8px;min-height:38.4px}
      iframe{flex:1;width:100%;border:0;background:#fff}
      @media (max-width:576px){.panel{inset:0;width:100%;height:100%;border:0;border-radius:0}}
      @media print{.open,.panel{display:none}}`);
    root.adoptedStyleSheets = [sheet];

    const open = document.createElement("button");
    open.type = "button";
    open.className = "open";
    open.textContent = title;
    open.setAttribute("aria-haspopup", "dialog");
    open.setAttribute("aria-expanded", "false");

    const panel = document.createElement("div");
    panel.className = "panel";
    panel.hidden = true;
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", title);
    const bar = document.createElement("div");
    bar.className = "bar";
    const close = document.createElement("button");
    close.type = "button";
    close.className = "close";
    close.textContent = "关闭";
    bar.append(close);
    panel.append(bar);
    root.append(open, panel);

    let frame = null;
    const show = () => {
      if (!frame) { // nothing is fetched before somebody asks
        frame = document.createElement("iframe");
        frame.title = title;
        const address = new URL("embed", base);
        address.searchParams.set("title", title);
        if (set.agency) address.searchParams.set("agency", set.agency);
        frame.src = address.href;
        frame.allow = "clipboard-write; microphone";
        panel.append(frame);
      }
      panel.hidden = false;
      open.hidden = true;
      open.setAttribute("aria-expanded", "true");
      close.focus();
    };
    const hide = () => {
      panel.hidden = true;
      open.hidden = false;
      open.setAttribute("aria-expanded", "false");
      open.focus();
    };
    open.addEventListener("click", show);
    close.addEventListener("click", hide);
    root.addEventListener("keydown", (event) => { if (event.key === "Escape" && !panel.hidden) hide(); });

    // Several scripts on a page each bring their button; they stand above each other.
    const mine = document.querySelectorAll("[data-nianbao]").length;
    if (mine) open.style.bottom = `${20 + mine * 64}px`;
    host.dataset.nianbao = "";
    document.body.append(host);
  };
  if (document.body) start(); else document.addEventListener("DOMContentLoaded", start);
})();
