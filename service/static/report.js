// Brings the cited cell or sentence to the middle of the window; the address's #mark alone puts it under the top edge.
"use strict";
(() => {
  const mark = document.getElementById("mark");
  if (!mark) return;
  mark.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  mark.focus({ preventScroll: true });
})();
