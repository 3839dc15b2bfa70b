// Drafts: what is not sent yet is kept in this browser, one draft for each attempt, and offered again.
// IndexedDB with strict durability outlives a browser that is killed; where storage is denied nothing
// is said to be saved, and closing the page asks first. Two tabs never write one draft: a tab that finds
// that another took its draft over goes on under a new id.

const store = { db: null, timer: 0 };
const key = () => model.survey + " " + model.version;
const pause = 250; // ms between the last change and saving
const tab = brief(String(performance.timeOrigin) + crypto.getRandomValues(new Uint32Array(4)), 16);

function openStore() {
  return new Promise(done => {
    const deny = () => done();
    setTimeout(deny, 1500); // one that is slow to answer is used later
    try {
      const request = indexedDB.open("manyi", 2);
      request.onupgradeneeded = () => {
        const db = request.result;
        for (const name of ["drafts", "outbox", "sent"]) if (!db.objectStoreNames.contains(name)) db.createObjectStore(name);
      };
      request.onsuccess = () => {
        store.db = request.result;
        store.db.onversionchange = () => { store.db.close(); store.db = null; };
        done();
        if (state.touched) keep();
      };
      request.onerror = request.onblocked = deny;
    } catch { deny(); }
  });
}

// transact asks for things in stores of the database, all or nothing; null where storage is denied.
function transact(mode, ask, names = ["drafts"]) {
  return new Promise(done => {
    if (!store.db) { done(null); return; }
    try {
      const t = store.db.transaction(names, mode, { durability: "strict" });
      const request = ask(...names.map(n => t.objectStore(n)));
      t.oncomplete = () => done({ value: request && request.result });
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

// lasting is what a draft holds of an attempt besides its answers.
const lasting = ["id", "seed", "started", "submitted", "at", "hidden", "consent", "withdrawal"];

async function saveDraft() {
  clearTimeout(store.timer);
  if (model.kiosk || model.quiz || ["sending", "done"].includes(state.phase) || !state.touched && !state.submitted) return;
  const mark = state.changes;
  const draft = { lang: language(), build: model.build, values: contents(), tab, time: Date.now() };
  for (const name of lasting) draft[name] = state[name];
  const ok = await transact("readwrite", s => {
    const request = s.get(key() + " " + draft.id);
    request.onsuccess = () => {
      const had = request.result;
      if (had && had.tab !== tab && had.tab !== state.from) draft.id = state.id = freshID();
      s.put(draft, key() + " " + draft.id);
    };
  });
  if (["sending", "done"].includes(state.phase)) { wipe(draft.id); return; }
  if (ok && mark === state.changes) state.unsaved = false;
  saved.replaceChildren(say(ok ? "draft.saved" : "draft.not"));
}

const wipe = (id = state.id) => { clearTimeout(store.timer); return transact("readwrite", s => s.delete(key() + " " + id)); };

// draftOf is the latest draft that still fits the questions and is open in no other tab, else null.
async function draftOf() {
  const got = await transact("readonly", s => s.getAll(IDBKeyRange.bound(key() + " ", key() + " \uffff")));
  const fits = d => d && d.values && !held.has(d.id) && Object.keys(d.values).some(name => fields.has(name));
  return got && got.value.filter(fits).sort((a, b) => b.time - a.time)[0] || null;
}

// offerDraft asks whether to go on with a draft; without one it starts at once.
const offerDraft = () => choice("draft.title", [make("p", null, say("draft.ask"))], "draft.new", "draft.go");

// choice asks before the questions are shown; true for the second answer, which the first may lack.
function choice(title, parts, no, yes) {
  return new Promise(done => {
    const answer = go => { form.classList.remove("asking"); ask.remove(); done(go); };
    const button = (word, go, look) => word && make("button", { type: "button", class: look, click: () => answer(go) }, say(word));
    const ask = make("section", { class: "ask", tabindex: "-1" }, make("h2", null, say(title)), ...parts,
      yes || no ? make("div", { class: "nav" }, button(no, false, "second"), button(yes, true)) : null);
    form.classList.add("asking");
    one("h1", main).after(ask);
    ask.focus();
  });
}

addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && state.unsaved && store.db) saveDraft(); });
addEventListener("beforeunload", e => { if (state.unsaved && state.phase !== "done") e.preventDefault(); });
