// Sent before: who comes back sees what became of the answers, and is not asked again by mistake.

// sentBefore reports whether the questions may be shown; where answers wait or were sent it asks first.
async function sentBefore() {
  const items = await queue();
  if (items.length) flush();
  if (model.kiosk) return true;
  const got = await transact("readonly", s => s.get(key()), ["sent"]), sent = got && got.value;
  const old = sent && (sent.token || "") === token && (!model.opens || sent.time.slice(0, 10) >= model.opens) ? sent : null;
  if (!items.length && !old) return true;
  const again = ["browser", "token"].includes(model.duplicates) ? null : "sent.again";
  const box = make("div", { class: "outbox" });
  const fill = async () => box.replaceChildren(...await (waiting.size ? nag() : tellSent(old)));
  await fill();
  hooks.outbox.push(fill);
  return choice(items.length ? "sent.waits" : "sent.title", [box], again).then(() => true);
}

const at = time => lang => new Date(time).toLocaleString(lang, { dateStyle: "long", timeStyle: "short" });

// nag shows what waits: when it was ended, and a copy to keep.
async function nag() {
  const item = [...waiting.values()][0];
  return [make("p", null, say("sent.nag", { n: waiting.size, time: at(item.time) })),
    make("div", { class: "tools" }, make("button", { type: "button", click: () => flush(true) }, say("send.retry")),
      make("button", { type: "button", class: "second", click: saveCopy }, say("sent.copy")))];
}

async function saveCopy() {
  for (const item of waiting.values()) download(model.survey + "-" + item.id.slice(0, 8) + (item.sealed ? ".jsonl.age" : ".txt"), await textOf(item), "text/plain;charset=utf-8");
}

// tellSent says what is known of the response that was sent last.
async function tellSent(old) {
  const got = await transact("readonly", s => s.get(key()), ["sent"]), sent = got && got.value || old;
  if (!sent) return [];
  const how = { received: "receipt.when", handed: "receipt.handed", conflict: "send.conflict_how" }[sent.state];
  const parts = [make("p", { class: "when" }, say(how, { time: at(sent.time), id: sent.receipt }))];
  if (sent.payload) parts.push(await codeBox("code.title", sent));
  return parts;
}
