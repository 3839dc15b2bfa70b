/* Tables sorted by a column: once up, twice down, thrice as they came. Numbers
   by value, words by the page's language, what is missing last; rows stay below
   the heading of their group, and a base row stays last. */
(() => {
  "use strict";
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const numeral = /^[<>≤≥]?\s*([+\u2212-]?)([\d,]*\.?\d+)\s*%?$/;

  // text is what a cell says first, without its small print.
  function text(cell) {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("small, sup").forEach((e) => e.remove());
    return copy.textContent.trim();
  }
  function number(cell, said) {
    if (cell.dataset.value) return Number(cell.dataset.value);
    const m = numeral.exec(said);
    return m ? Number((m[1] && m[1] !== "+" ? "-" : "") + m[2].replaceAll(",", "")) : NaN;
  }
  const said = (row, column) => text(row.cells[column]);

  // compare returns how two rows stand by a column; it is numeric where most cells are.
  function comparing(rows, column, down) {
    const keys = new Map(rows.map((row) => {
      const t = said(row, column);
      return [row, { t: /^[–—-]?$/.test(t) ? "" : t, n: number(row.cells[column], t) }];
    }));
    const all = [...keys.values()];
    const numeric = all.filter((k) => k.n === k.n).length * 2 > all.filter((k) => k.t).length;
    const missing = (k) => (numeric ? k.n !== k.n : !k.t);
    return (a, b) => {
      const [x, y] = [keys.get(a), keys.get(b)];
      if (missing(x) || missing(y)) return missing(x) - missing(y);
      return (down ? -1 : 1) * (numeric ? x.n - y.n : words.compare(x.t, y.t));
    };
  }

  const orders = new WeakMap(); // table body → its rows as they came
  function sort(table, column, way) {
    const body = table.tBodies[0];
    const came = orders.get(body) ?? [...body.rows];
    orders.set(body, came);
    const data = (row) => row.cells.length > column && !("foot" in row.dataset) && !row.querySelector("th[scope=rowgroup]");
    const compare = way ? comparing(came.filter(data), column, way === "descending") : null;
    let run = [], out = [];
    const flush = () => { out.push(...(compare ? run.sort(compare) : run)); run = []; };
    for (const row of came) {
      if (data(row)) run.push(row);
      else { flush(); out.push(row); }
    }
    flush();
    body.append(...out);
  }

  const next = { "": "ascending", ascending: "descending", descending: "" };
  function press(event) {
    const head = event.currentTarget.parentElement, table = head.closest("table");
    const way = next[head.getAttribute("aria-sort") ?? ""];
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    if (way) head.setAttribute("aria-sort", way);
    sort(table, head.cellIndex, way);
  }
  function prepare(table) {
    const heads = table.tHead?.rows[table.tHead.rows.length - 1]?.cells ?? [];
    const body = table.tBodies[0];
    if (!body || body.rows.length < 3 || body.querySelector("[rowspan]") || [...heads].some((h) => h.colSpan > 1)) return;
    orders.delete(body);
    table.classList.toggle("long", body.rows.length > 7);
    for (const head of heads) {
      if (!head.textContent.trim() || head.querySelector("button") || "still" in head.dataset) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", press);
    }
  }
  document.querySelectorAll("main table").forEach(prepare);
  addEventListener("redrawn", (event) => prepare(event.target), true);
})();
