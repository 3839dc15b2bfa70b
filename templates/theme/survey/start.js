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

// freshID is 128 random bits.
const freshID = () => base32(crypto.getRandomValues(new Uint8Array(16))).toLowerCase();

// begin makes a new attempt, or goes on with a draft.
function begin(draft) {
  const lang = language();
  form.reset();
  choose(lang);
  Object.assign(state, { id: freshID(), seed: crypto.getRandomValues(new Uint32Array(1))[0], started: stamp(), consent: {}, payload: "", from: "" });
  state.withdrawal = model.withdrawal ? base32(crypto.getRandomValues(new Uint8Array(10))) : "";
  if (draft) {
    Object.assign(state, { id: held.has(draft.id) ? state.id : draft.id, seed: draft.seed, started: draft.started, from: draft.tab, consent: draft.consent || {} });
    state.withdrawal = draft.withdrawal || state.withdrawal;
  }
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
  if (model.access === "token" && !token) { notice("token.none", null, make("p", null, say("token.how"))); return; }
  if (model.opens && day() < model.opens) { notice("not_open", { date: nice(model.opens) }); return; }
  if (model.closes && day() > model.closes) { notice("closed", { date: nice(model.closes) }); return; }
  findFields();
  findConditions();
  typeNumbers();
  findWriteIns();
  run("build");
  for (const kind of ["input", "change"]) form.addEventListener(kind, e => { if (e.target.name === "_lang") { if (kind === "change") speak(); } else if (e.target.name && e.target.closest("[data-q]")) changed(e.target); });
  if (!model.quiz) await openStore();
  if (address.has("canary") && model.seal) { canary(); return; }
  if (!model.kiosk && !model.quiz) await askTabs();
  if (model.posts && !await sentBefore()) return;
  const draft = model.kiosk || model.quiz ? null : await draftOf();
  const go = draft && await offerDraft(draft);
  if (draft && !go) await wipe(draft.id);
  begin(go && draft);
}

start();
