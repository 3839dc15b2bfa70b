// Outbox: a response that was ended is put away, sealed where it is sealed, before it is sent for the
// first time; it is sent again, the same bytes under the same id, until the receiver's answer says that
// it has them, across visits and for ever. Only then it is taken out.

const patience = 30000, least = 2000, longest = 300000; // ms: for an answer; between attempts
const waiting = new Map(); // by id; what storage denies is kept here
let due = 0;

// envelope of a finished response.
function envelope() {
  const payload = state.payload;
  return { survey: model.survey, version: model.version, build: model.build, id: state.id, payload, sealed: !!model.seal, token: token || undefined, hp: trap(), receipt: receiptOf(state.id, payload), time: state.submitted, tries: 0, next: 0, state: "queued" };
}

// put away: the draft goes where the envelope comes, in one step.
async function putAway(item) {
  item.kept = true;
  const ok = item.kept = !!await transact("readwrite", (drafts, outbox) => { drafts.delete(key() + " " + item.id); outbox.put(item, item.id); }, ["drafts", "outbox"]);
  waiting.set(item.id, item);
  if (!ok) return;
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => 0);
}

// queue is everything of this survey that waits.
async function queue() {
  const got = await transact("readonly", s => s.getAll(), ["outbox"]);
  for (const item of got ? got.value : []) if (item.survey === model.survey) waiting.set(item.id, item);
  if (got) for (const id of waiting.keys()) if (!got.value.some(i => i.id === id) && waiting.get(id).kept) waiting.delete(id);
  return [...waiting.values()];
}

// parcel is the request: one field payload on every channel, with the envelope's fields beside it.
function parcel({ survey, version, build, id, payload, sealed, token, hp }) {
  const all = { survey, version, build, id, payload, sealed, token, hp };
  if (model.channel === "collector" || model.channel === "json") return { type: "text/plain;charset=UTF-8", body: JSON.stringify(all) };
  const fields = new URLSearchParams();
  if (model.channel === "netlify") fields.set("form-name", model.survey);
  for (const [name, v] of Object.entries(all)) if (v !== undefined) fields.set(name, v);
  return { type: "application/x-www-form-urlencoded;charset=UTF-8", body: fields.toString() };
}

// deliver posts an envelope and says what may be claimed: received, handed, conflict, refused or queued.
async function deliver(item) {
  const { type, body } = parcel(item);
  const limit = new AbortController(), timer = setTimeout(() => limit.abort(), patience);
  const post = mode => fetch(model.url || location.href.split(/[?#]/)[0], {
    method: "POST", mode, body, headers: mode === "cors" ? { "Content-Type": type, Accept: "application/json" } : { "Content-Type": type }, credentials: "omit", referrerPolicy: "no-referrer",
    keepalive: body.length < 20000, signal: limit.signal,
  });
  try {
    return await claim(await post("cors"), item);
  } catch {
    if (model.channel !== "urlencoded" || limit.signal.aborted || navigator.onLine === false) return { state: "queued" };
    try { // a relay that takes forms and lets no page read its answer
      await post("no-cors");
      return { state: "handed" };
    } catch { return { state: "queued" }; }
  } finally {
    clearTimeout(timer);
  }
}

// claim judges an answer. A page of HTML proves nothing: a hotel's portal answers every address so.
async function claim(got, item) {
  const wait = Math.min(Number(got.headers.get("Retry-After")) || 0, 3600) * 1000;
  if (got.status === 409) return { state: "conflict" };
  if (!got.ok) return { state: got.status < 500 && ![408, 425, 429].includes(got.status) ? "refused" : "queued", wait };
  const text = await got.text();
  let said = null;
  try { said = JSON.parse(text); } catch { /* no JSON */ }
  if (said && said.receipt === item.receipt) return { state: "received" };
  if (model.channel === "json" && (model.expect ? text.includes(model.expect) : said && said.id === item.id)) return { state: "received" };
  return { state: model.channel === "netlify" || model.channel === "urlencoded" ? "handed" : "queued", wait };
}

// settle notes what became of an envelope. What cannot be confirmed keeps its text, to be saved.
async function settle(item, got) {
  item.state = got.state;
  if (got.state === "queued" || got.state === "refused") {
    item.tries++;
    item.next = Date.now() + (got.wait || Math.min(least * 2 ** (item.tries - 1), longest) * (.75 + Math.random() / 2));
    await transact("readwrite", s => s.put(item, item.id), ["outbox"]);
  } else {
    const { id, receipt, time, token } = item, note = { id, receipt, time, token, state: item.state };
    if (item.state !== "received") Object.assign(note, { payload: item.payload, sealed: item.sealed });
    await transact("readwrite", (outbox, sent) => { outbox.delete(id); if (!model.kiosk) sent.put(note, key()); }, ["outbox", "sent"]);
    waiting.delete(id);
  }
  tellTabs("outbox");
  run("outbox", item);
}

// alone lets one tab at a time send an envelope. Where there are no locks the receiver's memory of ids must do.
const alone = (id, f) => navigator.locks ? navigator.locks.request("manyi " + id, { ifAvailable: true }, l => l ? f() : undefined).catch(f) : f();

const busy = new Set();
async function sendOne(item) {
  if (busy.has(item.id)) return;
  busy.add(item.id);
  await alone(item.id, async () => {
    const got = await transact("readonly", s => s.get(item.id), ["outbox"]);
    if (got && !got.value && item.kept) { // another tab sent it
      const sent = await transact("readonly", s => s.get(key()), ["sent"]);
      item.state = sent && sent.value && sent.value.id === item.id ? sent.value.state : "handed";
      waiting.delete(item.id);
      run("outbox", item);
      return;
    }
    await settle(item, await deliver(item));
  });
  busy.delete(item.id);
}

// flush sends what is due, and comes back when more is.
async function flush(now) {
  clearTimeout(due);
  for (const item of await queue()) if (now || item.next <= Date.now()) await sendOne(item);
  const next = Math.min(...[...waiting.values()].map(i => i.next));
  if (waiting.size) due = setTimeout(flush, Math.max(500, next - Date.now()));
}

addEventListener("online", () => flush(true));
addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && waiting.size) flush(); });
