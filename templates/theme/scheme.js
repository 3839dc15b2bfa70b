/* Light, dark or as the system: the switch at the head of a report, kept on this
   device where it may be. It runs before the first paint, and shows the switch. */
(() => {
  "use strict";
  const root = document.documentElement, key = "manyi-scheme";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let way = "system";
  function show(next) {
    way = next === "light" || next === "dark" ? next : "system";
    root.dataset.scheme = way;
    if (way === "system") delete root.dataset.theme;
    else root.dataset.theme = way;
  }
  function kept() {
    try { return localStorage.getItem(key); } catch { return way; } // blocked, or a page of its own
  }
  function keep() {
    try { localStorage.setItem(key, way); } catch { /* it holds for this page */ }
  }
  show(kept());

  // From what the system shows to its contrary first, so that every press is seen.
  function next() {
    const round = dark.matches ? ["system", "light", "dark"] : ["system", "dark", "light"];
    return round[(round.indexOf(way) + 1) % 3];
  }
  addEventListener("click", (event) => {
    const button = event.target.closest?.("button.scheme");
    if (!button) return;
    show(next());
    keep();
    button.nextElementSibling.textContent = button.innerText;
  });
  addEventListener("storage", (event) => { if (event.key === key) show(event.newValue); });
  addEventListener("pageshow", (event) => { if (event.persisted) show(kept()); });
})();
