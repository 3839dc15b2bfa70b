// Sending: what the page says of a response is what its channel can prove; until then the answers stay.

// payloadOf is what leaves the page: the record as JSON with its keys in order, or sealed. It is made once,
// since sealing again gives other bytes and would look like another response.
function payloadOf() {
  const text = canonical(response());
  return model.seal ? seal(text) : text;
}

// finish ends the questions: send, show the code, or score.
async function finish() {
  if (state.phase === "sending" || state.phase === "done") return;
  if (hasty()) return;
  state.submitted = state.submitted || stamp();
  if (model.quiz) { conclude(); return; }
  await saveDraft(); // where another tab took the draft over, this attempt gets its own id
  state.payload = payloadOf();
  if (!model.posts) { await handOver(); return; }
  state.phase = "sending";
  nav.inert = true;
  const item = envelope();
  await putAway(item);
  label("send.now");
  announce("send.now");
  state.unsaved = !item.kept;
  await sendOne(item);
  nav.inert = false;
  outcome(item);
  flush();
}

// hasty reports whether less time went by than the survey asks for, and says so.
function hasty() {
  const left = Math.ceil((model.min_seconds || 0) - (Date.now() - new Date(state.started)) / 1000);
  if (left <= 0) return false;
  one("h2", summary).replaceChildren(say("guard.hasty"));
  one("ul", summary).replaceChildren(make("li", null, say("guard.wait", { n: left })));
  summary.hidden = false;
  main.prepend(summary);
  summary.focus();
  return true;
}

const trap = () => { const field = form.elements.hp; return field ? field.value : ""; };
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

// outcome shows what became of this visit's response.
async function outcome(item) {
  if (item.state === "received" || item.state === "handed") { conclude(item); return; }
  state.phase = "failed";
  Object.assign(state, { shown: item.id, said: item.state });
  const kept = item.kept && !model.kiosk;
  const words = item.state === "conflict" ? ["send.conflict", "send.conflict_how"] : item.state === "refused" ? ["send.refused", "send.refused_how"] : ["send.failed", kept ? "send.kept" : item.kept ? "send.kiosk" : "send.open"];
  const retry = () => { again.disabled = true; announce("send.now"); flush(true); };
  const again = make("button", { type: "button", class: "again", click: retry }, say("send.retry"));
  replace(words[0], make("p", null, say(words[1])), withdrawalNote(),
    item.state === "conflict" ? null : make("div", { class: "nav" }, again),
    model.kiosk || item.state === "conflict" ? null : make("p", { class: "or" }, say("send.or")), model.kiosk ? null : await codeBox("code.title", item));
  if (model.kiosk && item.kept) startAnew();
}

// What is sent later changes what is shown, if it still is.
hooks.outbox.push(item => {
  if (!item || state.phase !== "failed" || item.id !== state.shown) return;
  if (item.state !== state.said) { outcome(item); return; }
  all(".again", after).forEach(b => { b.disabled = false; });
  announce(item.state === "refused" ? "send.refused" : "send.failed");
});
