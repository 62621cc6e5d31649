// Brings the cited cell or sentence to the middle of the window; the address's #mark alone puts it under the top edge.
"use strict";
(() => {
  // A finding is read where its list is open.
  const show = () => { if (/^#f\d+$/.test(location.hash)) document.querySelector("details.findings").open = true; };
  addEventListener("hashchange", () => { show(); document.querySelector(location.hash)?.scrollIntoView({ block: "center" }); });
  show();
  const mark = document.getElementById("mark");
  if (!mark) return;
  mark.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  mark.focus({ preventScroll: true });
})();
