// Validation: every fault of the page at once, at its question and in a summary on top that links to it.

const faultsNow = new Map(); // by question: [word, values, control]

// required reports whether a question must be answered now.
const required = m => m.required === true || m.required_if !== undefined && holds(m.required_if);

// fault is what is wrong with a question, undefined if nothing is.
function fault(q) {
  const m = about(q), controls = all("[name]", q).filter(shown);
  if (!controls.length) return undefined;
  const broken = controls.find(c => c.validity.badInput); // half a date
  if (broken) return [broken.type === "time" ? "form.time" : "form.date", null, broken];
  if (!answered(q)) return required(m) ? open(q, m, controls) || [m.type === "consent" ? "must.consent" : wordless(controls[0]), null, controls[0]] : undefined;
  const own = checks[m.type] && checks[m.type](q, m, controls);
  return own || (required(m) ? open(q, m, controls) : undefined);
}

const wordless = c => c.type === "radio" || c.type === "checkbox" || c.tagName === "SELECT" ? "must.choose" : "must.fill";

// open finds the first part that is not answered, a row or an item, of a required question of several.
function open(q, m, controls) {
  const groups = new Map();
  for (const c of controls) {
    if (columnOf(c.name).write_in) continue;
    const name = c.type === "checkbox" ? columnOf(c.name).of || c.name : c.name;
    groups.set(name, (groups.get(name) || []).concat(c));
  }
  const empty = [...groups.values()].filter(g => !g.some(c => c.type === "radio" || c.type === "checkbox" ? c.checked : c.value.trim()));
  return empty.length && groups.size > 1 ? ["must.all", { n: empty.length }, empty[0][0]] : undefined;
}

checks.multiple_choice = (q, m, controls) => {
  const ticked = controls.filter(c => c.type === "checkbox" && c.checked);
  const alone = ticked.some(c => (m.exclusive || []).includes(c.closest("[data-option]").dataset.option));
  if (m.max_choices && ticked.length > m.max_choices) return ["choices.most", { max: m.max_choices, n: ticked.length }, ticked[0]];
  if (m.min_choices && ticked.length < m.min_choices && !alone) return ["choices.least", { min: m.min_choices, n: ticked.length }, controls[0]];
};

checks.number = checks.slider = (q, m, controls) => controls.map(c => badNumber(c, m)).find(Boolean);

function badNumber(c, m) {
  if (c.value.trim() === "") return undefined;
  const v = number(c.value);
  if (v === null) return ["number.not", null, c];
  if (m.integer && !Number.isInteger(v)) return ["number.whole", null, c];
  if (m.min != null && v < m.min || m.max != null && v > m.max) {
    return [m.min == null ? "number.most" : m.max == null ? "number.least" : "number.between", { low: m.min, high: m.max }, c];
  }
}

for (const [type, key] of [["email", "form.email"], ["phone", "form.phone"], ["url", "form.url"], ["date", "form.date"], ["time", "form.time"]]) {
  checks[type] = (q, m, controls) => {
    const c = controls[0], v = c.value.trim();
    if (model.forms[type] && !new RegExp(model.forms[type], "u").test(v)) return [key, null, c];
    if (c.min && v < c.min) return ["form.early", { low: c.min }, c];
    if (c.max && v > c.max) return ["form.late", { high: c.max }, c];
    return tooLong(q, m, controls);
  };
}

const tooLong = (q, m, controls) => {
  const c = controls.find(c => m.max_length && Array.from(c.value.trim()).length > m.max_length);
  return c && ["form.long", { max: m.max_length, n: Array.from(c.value.trim()).length }, c];
};
for (const type of ["short_text", "long_text", "multi_text"]) checks[type] = tooLong;

// verify judges the questions of a page; it reports whether they are well and else shows why not.
function verify(section) {
  faultsNow.clear();
  for (const q of all("[data-q]", section).filter(shown)) {
    const f = fault(q);
    if (f) faultsNow.set(q, f);
    tell(q, f);
  }
  summary.hidden = !faultsNow.size;
  if (!faultsNow.size) return true;
  one("h2", summary).replaceChildren(say("errors.title", { n: faultsNow.size }));
  one("ul", summary).replaceChildren(...[...faultsNow].map(([q, f]) => make("li", null, link(q, f))));
  main.prepend(summary);
  summary.focus({ preventScroll: true });
  scrollTo(0, Math.max(0, summary.getBoundingClientRect().top + scrollY - 16));
  return false;
}

function link(q, [key, values, control]) {
  const go = e => { e.preventDefault(); control.focus(); q.scrollIntoView({ block: "start" }); };
  return make("a", { href: "#" + q.id, click: go }, say("errors.link", { question: lang => titleOf(q, lang).replace(/[.:。：？?!！]+$/, ""), fault: lang => word(key, values, lang) }));
}

const summary = make("div", { class: "errors", tabindex: "-1", role: "alert", hidden: true }, make("h2"), make("ul"));

// tell writes a fault at its question, or takes it away.
function tell(q, f) {
  const id = "e-" + q.dataset.q;
  let note = document.getElementById(id);
  q.classList.toggle("wrong", !!f);
  for (const c of all("[name]", q)) {
    if (f) c.setAttribute("aria-invalid", "true"); else c.removeAttribute("aria-invalid");
  }
  const described = q.tagName === "FIELDSET" ? q : one("input, select, textarea", q) || q;
  const others = (described.getAttribute("aria-describedby") || "").split(" ").filter(x => x && x !== id);
  const ids = f ? [id, ...others] : others;
  if (ids.length) described.setAttribute("aria-describedby", ids.join(" ")); else described.removeAttribute("aria-describedby");
  if (!f) { if (note) note.remove(); return; }
  if (!note) {
    note = make("p", { class: "error", id });
    (one("legend, label", q)).after(note);
  }
  note.replaceChildren(say(f[0], f[1]));
}

// A fault that was mended keeps its place until the next look, so that nothing moves under the finger.
hooks.refresh.push(() => {
  for (const q of faultsNow.keys()) q.classList.toggle("mended", !shown(q) || !fault(q));
});
hooks.forget.push(() => { faultsNow.clear(); questions.forEach(q => { tell(q); q.classList.remove("mended"); }); summary.hidden = true; });
