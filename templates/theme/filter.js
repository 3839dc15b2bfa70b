/* A field above a long table: rows without the words hide, on the screen only. A
   heading stays while a row below it does, a base row always. */
(() => {
  "use strict";
  const { filter, filtered } = document.documentElement.dataset;
  if (!filter) return;
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const heading = (row) => row.querySelector("th[scope=rowgroup]");

  function sift(table, field, status) {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let above = null, all = 0, n = 0;
    for (const row of table.tBodies[0].rows) {
      if (heading(row)) {
        above = row;
        row.classList.toggle("out", words.length > 0);
      } else if (!("foot" in row.dataset)) {
        const text = plain([...row.cells].map((c) => c.textContent).join(" "));
        const on = words.every((w) => text.includes(w));
        row.classList.toggle("out", !on);
        if (on) above?.classList.remove("out");
        all++;
        n += on;
      }
    }
    status.textContent = words.length ? filtered.replace("#n", n).replace("#all", all) : "";
  }
  function prepare(table) {
    const rows = table.tBodies[0]?.rows.length ?? 0; // as many as the style sheet makes room for
    if (rows < 17 || table.querySelector("[rowspan]")) return;
    const scroll = table.closest(".scroll") ?? table;
    const box = document.createElement("div"), field = document.createElement("input"), status = document.createElement("span");
    box.className = "sift";
    field.type = "search";
    field.autocomplete = "off";
    field.placeholder = filter;
    field.setAttribute("aria-label", [filter, scroll.getAttribute("aria-label") ?? table.caption?.textContent].filter(Boolean).join(": "));
    status.setAttribute("role", "status");
    box.append(field, status);
    scroll.before(box);
    field.addEventListener("input", () => sift(table, field, status));
    table.addEventListener("redrawn", () => sift(table, field, status));
  }
  document.querySelectorAll("main table").forEach(prepare);
})();
