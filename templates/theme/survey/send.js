// Sending: "received" is said only on the answer that the channel defines; until then the answers stay.

const patience = 30000; // ms until an answer of the receiver counts as none

// finish ends the questions: send, show the code, or score.
async function finish() {
  if (state.phase === "sending" || state.phase === "done") return;
  state.submitted = state.submitted || stamp();
  if (model.quiz) { conclude(); return; }
  if (!model.posts) { state.phase = "done"; await handOver(); return; }
  state.phase = "sending";
  nav.inert = true;
  label("send.now");
  announce("send.now");
  const ok = await deliver();
  nav.inert = false;
  if (ok) { await wipe(); state.unsaved = false; conclude(); } else fail();
}

// deliver posts the record; true only where the receiver answered as it should.
async function deliver() {
  const { type, body } = parcel();
  const limit = new AbortController(), timer = setTimeout(() => limit.abort(), patience);
  try {
    const got = await fetch(model.url || location.href.split(/[?#]/)[0], {
      method: "POST", body, headers: { "Content-Type": type, Accept: "application/json" }, credentials: "omit", referrerPolicy: "no-referrer",
      keepalive: body.length < 20000, signal: limit.signal,
    });
    if (!got.ok) return false;
    return model.channel !== "collector" || (await got.json()).id === state.id;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function parcel() {
  if (model.channel === "json") return { type: "application/json", body: JSON.stringify(response()) };
  if (model.channel === "collector") return { type: "text/plain;charset=UTF-8", body: JSON.stringify(response()) };
  const fields = new URLSearchParams(response(true));
  if (model.channel === "netlify") fields.set("form-name", model.survey);
  return { type: "application/x-www-form-urlencoded;charset=UTF-8", body: fields.toString() };
}

const after = make("section", { class: "after", tabindex: "-1" });

// replace shows the outcome in place of the questions.
function replace(key, ...parts) {
  form.classList.add("over");
  after.replaceChildren(make("h2", null, say(key)), ...parts.filter(Boolean));
  if (!after.isConnected) main.append(after);
  document.title = word(key) + " – " + (model.title[language()] || model.title[""]);
  scrollTo(0, 0);
  after.focus({ preventScroll: true });
}

async function fail() {
  state.phase = "failed";
  saveDraft();
  const retry = () => { form.classList.remove("over"); state.phase = "form"; finish(); };
  const edit = () => { form.classList.remove("over"); state.phase = "form"; state.submitted = ""; show(current()); };
  replace("send.failed", make("p", null, say(store.db && !model.kiosk ? "send.kept" : "send.open")),
    make("div", { class: "nav" }, make("button", { type: "button", class: "second", click: edit }, say("send.edit")), make("button", { type: "button", click: retry }, say("send.retry"))),
    make("p", { class: "or" }, say("send.or")), await codeBox("code.title"));
}

// handOver shows the code where no receiver is there: by mail, or by any message.
async function handOver() {
  const parts = [make("p", null, say(model.channel === "mail" ? "mail.how" : "code.how"))];
  const box = await codeBox("code.title");
  if (model.channel === "mail") {
    const code = await codeOf(response()), subject = encodeURIComponent(word("mail.subject", { survey: model.survey }));
    const join = model.url.includes("?") ? "&" : "?";
    parts.push(make("p", null, make("a", { class: "button", href: model.url + join + "subject=" + subject + "&body=" + encodeURIComponent(code.replace(/(.{60})/g, "$1\r\n")) }, say("mail.open"))));
  }
  state.phase = "handed";
  parts.push(box, make("div", { class: "nav" }, make("button", { type: "button", class: "second", click: () => { form.classList.remove("over"); state.phase = "form"; state.submitted = ""; show(current()); } }, say("send.edit")),
    make("button", { type: "button", click: async () => { await wipe(); state.unsaved = false; conclude(); } }, say("code.done"))));
  replace("code.ready", ...parts);
}
