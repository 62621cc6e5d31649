// Large text, remembered in this browser only; set before anything is drawn.
"use strict";
(() => {
  const key = "nianbao.large";
  const root = document.documentElement;
  let large = false;
  try { large = localStorage.getItem(key) === "1"; } catch { /* storage may be forbidden: the button still works for this page */ }
  root.classList.toggle("large", large);
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-large]")) {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(large));
      button.addEventListener("click", () => {
        large = !large;
        root.classList.toggle("large", large);
        button.setAttribute("aria-pressed", String(large));
        try { localStorage.setItem(key, large ? "1" : "0"); } catch { /* as above */ }
      });
    }
  });
})();
