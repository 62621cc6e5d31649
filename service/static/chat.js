// Asks without leaving the page. The server renders every answer, so that there is one renderer; without this script the
// same form posts and the page comes back whole.
"use strict";
(() => {
  const form = document.getElementById("ask");
  const box = document.getElementById("q");
  const context = document.getElementById("context");
  const log = document.getElementById("log");
  const status = document.getElementById("status");
  const button = form.querySelector("button");
  const tries = 30000; // milliseconds until a slow server is given up on
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

  async function ask(question, fresh) {
    if (busy || !question.trim()) return;
    busy = true;
    button.disabled = true;
    say("正在查找……");
    const body = new URLSearchParams({ q: question, fragment: "1", context: fresh ? "" : context.value });
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), tries);
    try {
      const reply = await fetch("/", { method: "POST", body, signal: stop.signal });
      const html = await reply.text();
      const holder = document.createElement("template");
      holder.innerHTML = html; // our own server's escaped HTML
      const turn = holder.content.querySelector("article.turn");
      if (!turn) { failed(question, "服务暂时不可用，问题已保留。"); return; }
      document.querySelector(".try")?.remove();
      document.querySelector(".lead")?.remove();
      document.querySelector(".hello")?.classList.replace("hello", "visually-hidden");
      log.append(turn);
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
      button.disabled = false;
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

  if (!log.children.length) box.focus({ preventScroll: true });
})();
