// Start: everything is defined; look whether the survey is open, then begin.

// changed follows a change of an answer; modules call it where they change a control themselves.
function changed(control) {
  state.touched = state.unsaved = true;
  state.changes = (state.changes || 0) + 1;
  run("change", control);
  refresh();
  require();
  keep();
}

// require marks for screen readers what must be answered now.
function require() {
  for (const q of questions) {
    const m = about(q);
    if (m.required_if === undefined && !(m.required && m.show_if)) continue;
    const must = required(m);
    q.classList.toggle("required", must);
    for (const c of all("[name]", q)) if (c.type !== "checkbox" && !columnOf(c.name).write_in) c.required = must;
    let mark = one(".must", q);
    if (must && !mark) {
      mark = make("span", { class: "must" }, say("required"));
      (one("legend, label", q)).append(mark);
    }
    if (mark) mark.hidden = !must;
  }
}

// begin makes a new attempt, or goes on with a draft.
function begin(draft) {
  const lang = language();
  form.reset();
  choose(lang);
  const bits = crypto.getRandomValues(new Uint8Array(20));
  state.id = draft ? draft.id : [...bits.subarray(0, 16)].map(b => b.toString(16).padStart(2, "0")).join("");
  state.seed = draft ? draft.seed : new DataView(bits.buffer).getUint32(16);
  state.started = draft ? draft.started : stamp();
  run("start");
  if (draft) {
    fill(draft.values);
    Object.assign(state.hidden, draft.hidden);
    state.touched = true;
    if (!address.has("lang") && model.languages.includes(draft.lang)) choose(draft.lang);
  }
  refresh();
  require();
  const at = draft && document.getElementById(draft.at);
  show(path().includes(at) ? at : path()[0], !draft);
}

// notice shows a message instead of the questions.
function notice(key, values, ...parts) {
  form.classList.add("over", "closed");
  main.append(make("section", { class: "after" }, make("h2", null, say(key, values)), ...parts));
}

const nice = date => lang => new Date(date + "T12:00:00").toLocaleDateString(lang, { dateStyle: "long" });

// framed reports whether a page of another origin shows this one, which might lead clicks astray.
function framed() {
  try {
    return top.location.origin !== location.origin;
  } catch {
    return true;
  }
}

async function start() {
  choose(chosenLanguage());
  buildSteps();
  if (framed() && !model.embed) { notice("framed", null, make("p", null, make("a", { class: "button", href: location.href, target: "_blank", rel: "noopener" }, say("open")))); return; }
  if (model.opens && day() < model.opens) { notice("not_open", { date: nice(model.opens) }); return; }
  if (model.closes && day() > model.closes) { notice("closed", { date: nice(model.closes) }); return; }
  findFields();
  findConditions();
  typeNumbers();
  findWriteIns();
  run("build");
  for (const kind of ["input", "change"]) form.addEventListener(kind, e => { if (e.target.name === "_lang") { if (kind === "change") speak(); } else if (e.target.name && e.target.closest("[data-q]")) changed(e.target); });
  const draft = model.kiosk || model.quiz ? null : await draftOf();
  const go = draft && await offerDraft(draft);
  if (draft && !go) await wipe();
  begin(go && draft);
}

start();
