/* Two sides of the reader's choice: waves, groups and a measure out of the
   results in the page. The address holds the choice. */
(() => {
  "use strict";
  const source = document.getElementById("explore-data");
  if (!source) return;
  const data = JSON.parse(source.textContent);
  const form = document.querySelector("form.sides"), shown = document.getElementById("shown"), table = document.getElementById(data.table);
  const say = (key, values = {}) => data.words[key].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const last = data.waves.length - 1, grouped = data.groups.length > 2 && !last;
  const choice = { m: 0, aw: last, ag: grouped ? 1 : 0, bw: Math.max(last - 1, 0), bg: grouped ? 2 : 0 };
  const lists = { m: data.measures, aw: data.waves, bw: data.waves, ag: data.groups, bg: data.groups };

  // Numbers as everywhere in the report: halves away from zero, a true minus sign.
  function number(m, v, signed) {
    const scale = 10 ** m.digits;
    const r = Math.floor(Math.abs(v) * (m.percent ? 100 : 1) * scale + 0.5 + 1e-9) / scale;
    return (r === 0 ? "" : v < 0 ? "\u2212" : signed ? "+" : "") + r.toFixed(m.digits) + (m.percent ? "%" : "");
  }
  function span(m, low, high, signed) {
    if (signed && (low > 0 || high < 0)) { // an end that is not 0 is not printed as 0
      const nearest = Math.min(Math.abs(low), Math.abs(high)), most = m.digits + 2;
      while (!/[1-9]/.test(number(m, nearest)) && m.digits < most) m = { ...m, digits: m.digits + 1 };
    }
    const [from, to] = [number(m, low, signed), number(m, high, signed)];
    return signed || low < 0 ? `${from} – ${to}` : from.replace("%", "") + "–" + to;
  }

  // t95 is the .975 quantile of Student's t: tan θ·√df has this distribution where
  // θ has the density cos^(df−1); from 200 on by the first term of its expansion.
  const z = 1.959963984540054, known = new Map();
  const t95 = (df) => known.get(df) ?? known.set(df, quantile(df)).get(df);
  function quantile(df) {
    if (df > 200) return z + (z ** 3 + z) / (4 * df) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * df * df);
    const steps = 4000, h = Math.PI / 2 / steps, sums = [0];
    const f = (i) => Math.cos(Math.min(i * h, Math.PI / 2)) ** (df - 1);
    for (let i = 0; i < steps; i++) sums.push(sums[i] + f(i + 0.5));
    const wanted = 0.95 * sums[steps];
    const i = sums.findIndex((s) => s > wanted);
    return Math.sqrt(df) * Math.tan((i - (sums[i] - wanted) / (sums[i] - sums[i - 1])) * h);
  }
  // less is a less b with its interval, by Welch's t or by z; cells are [n, value, low, high, standard error].
  function less(m, a, b) {
    const out = { value: a[1] - b[1] };
    const x = a[4] ** 2, y = b[4] ** 2, v = x + y;
    if (!(v > 0) || (!m.normal && Math.min(a[0], b[0]) < 2)) return out;
    const df = m.normal ? Infinity : v ** 2 / (x ** 2 / (a[0] - 1) + y ** 2 / (b[0] - 1));
    const half = t95(df) * Math.sqrt(v);
    return { ...out, low: out.value - half, high: out.value + half };
  }

  // Two groups share nobody where the waves differ or one segment tells them apart.
  function apart() {
    const [a, b] = [data.groups[choice.ag].codes, data.groups[choice.bg].codes];
    return choice.aw !== choice.bw || Object.keys(a).some((s) => s in b && a[s] !== b[s]);
  }
  const broken = (row) => (row.breaks ?? []).some((w) => w > Math.min(choice.aw, choice.bw) && w <= Math.max(choice.aw, choice.bw));
  const cell = (side, m, row) => {
    const of = data.cells[choice[side + "w"]][choice[side + "g"]];
    const c = of < 0 ? of : of[m.source][row.at];
    const df = data.degrees?.[choice[side + "w"]][row.at];
    return c < 0 || m.source ? c : m.id === "top" ? share(c, df) : m.id === "score" ? score(inside(mean(c, df), row.ends), ...row.ends) : inside(mean(c, df), row.ends);
  };
  // Figures of an item are [n, value, low, high, standard error]. Four whole numbers
  // are n, sum, sum of squares and best answers: Student's and Wilson's intervals.
  // With weights: n, mean, error, share, error, and an interval that is not Student's.
  function around(n, value, se, df) {
    const half = se === null ? NaN : t95(df) * se;
    return [n, value, ...(half >= 0 ? [value - half, value + half] : [null, null]), se];
  }
  function mean(c, df) {
    const [n, sum, squares] = c;
    if (c.length !== 4) return around(n, c[1], c[2], df ?? n - 1);
    return around(n, sum / n, n < 2 ? null : Math.sqrt(Math.max(squares - sum * sum / n, 0) / (n - 1) / n), n - 1);
  }
  // No mean lies beyond the ends of its scale.
  function inside([n, value, low, high, se], [worst, best]) {
    const cut = (x) => (x === null ? null : Math.min(Math.max(x, Math.min(worst, best)), Math.max(worst, best)));
    return [n, value, cut(low), cut(high), se];
  }
  function share(c, df) {
    const clip = ([n, p, low, high, se]) => [n, p, low === null ? null : Math.max(low, 0), low === null ? null : Math.min(high, 1), se];
    if (c.length > 5) return [c[0], c[3], c[5], c[6], c[4]];
    if (c.length !== 4) return c.length < 5 ? -3 : clip(around(c[0], c[3], c[4], df));
    const n = c[0], p = c[3] / n, z2 = z * z / n;
    const middle = (p + z2 / 2) / (1 + z2), half = z * Math.sqrt(p * (1 - p) / n + z2 / n / 4) / (1 + z2);
    return clip([n, p, middle - half, middle + half, Math.sqrt(p * (1 - p) / n)]);
  }
  function score([n, ...values], worst, best) {
    const to = (x) => (x === null ? null : (x - worst) / (best - worst) * 100);
    const [value, low, high] = values.slice(0, 3).map(to);
    return [n, value, ...(best < worst ? [high, low] : [low, high]), values[3] === null ? null : values[3] / Math.abs(best - worst) * 100];
  }
  const why = (reason) => say({ "-1": "hidden", "-2": "not_asked", "-3": "no_answers" }[reason], { min: data.min });
  const name = (side) => say("group", { wave: data.waves[choice[side + "w"]].name, group: (({ of, name }) => (of ? say("in", { of, name }) : name))(data.groups[choice[side + "g"]]) });

  function element(tag, text, attributes = {}) {
    const e = document.createElement(tag);
    e.textContent = text;
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== "") e.setAttribute(key, value);
    return e;
  }
  function data1(head, text, small, tone, value) {
    const td = element("td", text, { "data-head": head, class: tone, "data-value": value });
    if (small) td.append(element("small", small));
    return td;
  }
  function figure(m, c, head) {
    if (!Array.isArray(c)) return data1(head, why(c), "", "quiet");
    return data1(head, number(m, c[1]), say("doubt", { interval: c[2] != null ? span(m, c[2], c[3]) : say("no_interval"), count: String(c[0]).replace(/\B(?=(\d{3})+$)/g, ",") }), c[0] < 30 ? "quiet" : "", c[1]);
  }
  function difference(m, row, a, b, counts) {
    const head = say("difference");
    if (!Array.isArray(a) || !Array.isArray(b) || broken(row)) {
      counts.without++;
      return data1(head, Array.isArray(a) && Array.isArray(b) ? say("broken") : "–", "", "quiet");
    }
    const d = less(m, a, b);
    if (d.low === undefined || !apart()) {
      counts.without++;
      return data1(head, number(m, d.value, true), say(apart() ? "no_interval" : "shared"), "quiet", d.value);
    }
    const way = d.low > 0 ? "higher" : d.high < 0 ? "lower" : "same";
    counts[way]++;
    const tone = way === "same" ? "" : (way === "higher") !== Boolean(row.reverse) ? "good" : "bad";
    return data1(head, number(m, d.value, true), span(m, d.low, d.high, true), tone, d.value);
  }
  const mark = (name, attributes) => {
    const e = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
    return e;
  };
  // picture is the head of the bars, with the ends of their scale.
  const picture = (m) => say("picture", { ends: span({ ...m, digits: [m.low, m.high].every(Number.isInteger) ? 0 : m.digits }, m.low, m.high) });
  // bars draw A above B on a rail as long as the scale, each from the low end (or 0)
  // to its value, with its interval.
  function bars(m, a, b) {
    const td = element("td", "", { class: "bars", "data-head": picture(m), "aria-hidden": "true" });
    const svg = mark("svg", { viewBox: "0 0 100 24", preserveAspectRatio: "none", focusable: "false" });
    const x = (v) => Math.min(Math.max((v - m.low) / (m.high - m.low), 0), 1) * 100;
    [a, b].forEach((c, i) => {
      if (!Array.isArray(c)) return;
      svg.append(mark("rect", { class: "rail", x: 0, width: 100, y: i * 12 + 2, height: 8 }));
      const y = i * 12, from = x(Math.max(m.low, Math.min(0, m.high)));
      svg.append(mark("rect", { class: "ab"[i], x: Math.min(from, x(c[1])), width: Math.max(Math.abs(x(c[1]) - from), 0.6), y: y + 2, height: 8 }));
      if (c[2] != null) svg.append(mark("line", { x1: x(c[2]), x2: x(c[3]), y1: y + 6, y2: y + 6 }));
    });
    td.append(svg);
    return td;
  }

  function draw() {
    const m = data.measures[choice.m], counts = { higher: 0, lower: 0, same: 0, without: 0 };
    const heads = [data.words.item, say("side", { side: "A", name: name("a") }), say("side", { side: "B", name: name("b") }), say("difference")];
    table.caption.textContent = say("caption", { measure: m.name });
    table.tHead.rows[0].replaceChildren(...heads.map((h) => element("th", h, { scope: "col" })), element("th", picture(m), { scope: "col", "data-still": "1", "aria-hidden": "true" }));
    table.tBodies[0].replaceChildren(...m.rows.map((row) => {
      const tr = document.createElement("tr");
      if (row.heading) {
        tr.append(element("th", row.name, { scope: "rowgroup", colspan: 5 }));
        return tr;
      }
      const [a, b] = [cell("a", m, row), cell("b", m, row)];
      tr.append(element("th", row.name, { scope: "row" }), figure(m, a, "A"), figure(m, b, "B"), difference(m, row, a, b, counts), bars(m, a, b));
      return tr;
    }));
    const side = (s) => {
      const n = data.bases[choice[s + "w"]][choice[s + "g"]];
      return say(n < 0 ? "base_hidden" : "base", { name: name(s), count: String(n).replace(/\B(?=(\d{3})+$)/g, ",") });
    };
    shown.textContent = say("said", { measure: m.name, a: side("a"), b: side("b") }) + (document.documentElement.lang.startsWith("zh") ? "" : " ") + say("counted", counts) + (counts.without ? say("without", counts) : "");
    table.dispatchEvent(new Event("redrawn"));
  }

  // The address: the names, not the places, so that a link outlives new waves.
  const key = (of) => of.id ?? "";
  function write() {
    const to = new URLSearchParams(Object.keys(lists).map((k) => [k, key(lists[k][choice[k]])]));
    history.replaceState(null, "", "#" + to);
  }
  function read() {
    const from = new URLSearchParams(location.hash.slice(1));
    for (const k of Object.keys(lists)) {
      const at = from.has(k) ? lists[k].findIndex((x) => key(x) === from.get(k)) : -1;
      if (at >= 0) choice[k] = at;
      form.elements[k].value = choice[k];
    }
    draw();
  }
  function select(id, label) {
    const box = element("label", label), list = element("select", "", { name: id });
    let group = null, of = "";
    lists[id].forEach((x, i) => {
      if ((x.of ?? "") !== of) {
        of = x.of ?? "";
        group = element("optgroup", "", { label: of });
        list.append(group);
      }
      (of ? group : list).append(element("option", x.name, { value: String(i) }));
    });
    list.addEventListener("change", () => { choice[id] = Number(list.value); write(); draw(); });
    box.append(list);
    return box;
  }
  const sides = ["a", "b"].map((s) => {
    const box = document.createElement("fieldset");
    box.className = s;
    box.append(element("legend", say("of", { side: s.toUpperCase() })), ...(last ? [select(s + "w", say("wave"))] : []), select(s + "g", data.words.choose));
    return box;
  });
  const swap = element("button", say("swap"), { type: "button" });
  swap.addEventListener("click", () => {
    [choice.aw, choice.ag, choice.bw, choice.bg] = [choice.bw, choice.bg, choice.aw, choice.ag];
    write();
    read();
  });
  const top = document.createElement("div");
  top.append(select("m", say("measure")), swap);
  form.append(top, ...sides);
  if (!last) ["aw", "bw"].forEach((k) => delete lists[k]);
  addEventListener("hashchange", read);
  for (const link of document.querySelectorAll(".languages a")) link.addEventListener("click", () => { link.hash = location.hash; });
  read();
})();
