// Steps: one page of questions at a time, back and forth without loss.

const sections = all("section.page");
const back = make("button", { type: "button", class: "second back", click: () => move(-1) }, say("back"));
const next = make("button", { class: "next" }, say("next"));
const saved = make("p", { class: "saved hint" });
const bar = make("div", { class: "progress", role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100" }, make("span"));
const nav = make("div", { class: "nav" }, back, next);
const gates = []; // what must hold besides answers before the next page is shown
let furthest = 0; // the most the bar has shown

// path is the pages that are shown under the answers given so far.
const path = () => sections.filter(s => shown(s) && all("[data-q]", s).some(q => !q.classList.contains("gone")));

const current = () => document.getElementById(state.at);

function show(section, quiet) {
  const pages = path();
  form.classList.remove("waiting");
  state.at = section.id;
  for (const s of sections) s.classList.toggle("away", s !== section);
  const i = pages.indexOf(section);
  form.classList.toggle("first", i === 0);
  back.classList.toggle("unseen", i === 0);
  summary.hidden = true;
  entitle();
  measure();
  run("shown", section);
  if (quiet) return;
  scrollTo(0, 0);
  const head = one("h2", section) || section;
  head.tabIndex = -1;
  head.focus({ preventScroll: true });
}

// move goes one page on or back; on only if all is well.
function move(by) {
  const section = current();
  if (!section) return;
  if (by > 0 && (!gates.every(g => g(section)) || !verify(section))) { entitle("errors.prefix"); return; }
  const pages = path(), at = pages.indexOf(section);
  if (by > 0 && at === pages.length - 1) { finish(); return; }
  const to = pages[at + by];
  if (to) { show(to); keep(); }
}

// entitle names the step in the title of the window.
function entitle(prefix) {
  const lang = language(), section = current(), name = section && one("h2", section);
  const step = name ? textIn(name, lang) + " – " : "";
  document.title = (prefix ? word(prefix, null, lang) : "") + step + (model.title[lang] || model.title[""]);
}

// measure sets the bar: questions behind of questions behind and possibly ahead. A page that is not
// shown now counts half while an answer ahead may still show it.
function measure() {
  const at = sections.indexOf(current()), pages = path();
  const weight = s => all("[data-q]", s).filter(q => about(q).type !== "note").length || 1;
  let done = 0, ahead = 0;
  sections.forEach((s, i) => {
    if (pages.includes(s)) { if (i < at) done += weight(s); else ahead += weight(s); } else if (i > at && possible(s, at)) ahead += weight(s) / 2;
  });
  const share = Math.max(Math.round(100 * done / (done + ahead)), pages.indexOf(current()) > 0 ? furthest : 0);
  furthest = share;
  bar.setAttribute("aria-valuenow", share);
  bar.setAttribute("aria-label", word("progress"));
  one("span", bar).style.inlineSize = Math.max(share, 2) + "%";
  label(pages[pages.length - 1] !== current() ? "next" : model.posts ? "send" : "finish");
}

// label names the button; an unchanged name is left alone, since a press on what is replaced is no press.
function label(key) {
  if (next.name !== key) next.replaceChildren(say(key));
  next.name = key;
}

// possible reports whether a condition of a page reads an answer that is still to come.
function possible(section, at) {
  const m = model.pages.find(p => "p-" + p.id === section.id);
  const names = JSON.stringify(m.show_if || all("[data-q]", section).map(q => about(q).show_if)).match(/"q":"(\w+)"/g) || [];
  return names.some(n => {
    const name = n.slice(5, -1), controls = fields.get(name) || (lists.get(name) || []).map(([, c]) => c);
    return controls.some(c => sections.indexOf(c.closest("section.page")) >= at);
  });
}

hooks.refresh.push(() => { if (state.phase === "form" && state.at) measure(); });
hooks.language.push(() => { if (state.phase === "form" && state.at) { entitle(); measure(); } });

function buildSteps() {
  form.classList.add("js");
  form.noValidate = true;
  for (const s of sections) s.classList.add("away");
  const end = one(".end");
  form.classList.add("waiting");
  end.replaceChildren(nav, saved);
  one("header").append(bar);
  bar.setAttribute("aria-label", word("progress"));
  main.prepend(voice, others);
  form.addEventListener("submit", e => { e.preventDefault(); if (state.phase === "form") move(1); });
}
