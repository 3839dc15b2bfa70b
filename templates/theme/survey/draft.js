// Drafts: what is not sent yet is kept in this browser, by survey and version, and offered again.
// IndexedDB with strict durability outlives a browser that is killed; where storage is denied nothing
// is said to be saved, and closing the page asks first.

const store = { db: null, timer: 0 };
const key = () => model.survey + " " + model.version;
const pause = 250; // ms between the last change and saving

function openStore() {
  return new Promise(done => {
    const deny = () => done();
    setTimeout(deny, 1500); // one that is slow to answer is used later
    try {
      const request = indexedDB.open("manyi", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("drafts");
      request.onsuccess = () => { store.db = request.result; done(); if (state.touched) keep(); };
      request.onerror = request.onblocked = deny;
    } catch { deny(); }
  });
}

// transact runs one request on the drafts; null where storage is denied.
function transact(mode, ask) {
  return new Promise(done => {
    if (!store.db) { done(null); return; }
    try {
      const t = store.db.transaction("drafts", mode, { durability: "strict" });
      const request = ask(t.objectStore("drafts"));
      t.oncomplete = () => done({ value: request.result });
      t.onerror = t.onabort = () => done(null);
    } catch { done(null); }
  });
}

// contents are the controls by name: what is ticked, or the text.
function contents() {
  const out = {};
  for (const [name, controls] of fields) {
    const box = controls[0].type === "radio" || controls[0].type === "checkbox";
    const v = box ? controls.filter(c => c.checked).map(c => c.value) : controls[0].value;
    if (v.length) out[name] = v;
  }
  return out;
}

function fill(values) {
  for (const [name, v] of Object.entries(values)) {
    for (const c of fields.get(name) || []) {
      if (c.type === "radio" || c.type === "checkbox") c.checked = Array.isArray(v) && v.includes(c.value);
      else if (typeof v === "string") c.value = v;
    }
  }
}

// keep saves the draft soon; tell says what became of it.
function keep() {
  clearTimeout(store.timer);
  if (!store.db || model.kiosk || model.quiz) return;
  store.timer = setTimeout(saveDraft, pause);
}

async function saveDraft() {
  clearTimeout(store.timer);
  if (state.phase === "done" || !state.touched && !state.submitted) return;
  const mark = state.changes;
  const { id, seed, started, submitted, at, hidden } = state;
  const draft = { id, seed, started, submitted, at, hidden, lang: language(), build: model.build, values: contents() };
  const ok = state.id === id && await transact("readwrite", s => s.put(draft, key()));
  if (state.phase === "done") { wipe(); return; }
  if (ok && mark === state.changes) state.unsaved = false;
  saved.replaceChildren(say(ok ? "draft.saved" : "draft.not"));
}

const wipe = () => { clearTimeout(store.timer); return transact("readwrite", s => s.delete(key())); };

// draftOf is the draft of an earlier visit that still fits the questions, else null.
async function draftOf() {
  await openStore();
  const got = await transact("readonly", s => s.get(key()));
  const draft = got && got.value;
  return draft && draft.values && Object.keys(draft.values).some(name => fields.has(name)) ? draft : null;
}

// offerDraft asks whether to go on with a draft; without one it starts at once.
function offerDraft(draft) {
  return new Promise(done => {
    const ask = make("section", { class: "ask", tabindex: "-1" }, make("h2", null, say("draft.title")), make("p", null, say("draft.ask")),
      make("div", { class: "nav" }, make("button", { type: "button", class: "second", click: () => answer(false) }, say("draft.new")), make("button", { type: "button", click: () => answer(true) }, say("draft.go"))));
    const answer = go => { form.classList.remove("asking"); ask.remove(); done(go); };
    form.classList.add("asking");
    one("h1", main).after(ask);
    ask.focus();
  });
}

addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && state.unsaved && store.db) saveDraft(); });
addEventListener("beforeunload", e => { if (state.unsaved && state.phase !== "done") e.preventDefault(); });
