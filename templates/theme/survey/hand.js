// Handing over: the answers as a code, or sealed, to be sent by mail or any message.

// handOver shows the code where no receiver is there.
async function handOver() {
  const item = { id: state.id, payload: state.payload, sealed: !!model.seal };
  const parts = [make("p", null, say(model.channel === "mail" ? "mail.how" : "code.how"))];
  const box = await codeBox("code.title", item);
  if (model.channel === "mail") {
    const text = await textOf(item), subject = encodeURIComponent(word("mail.subject", { survey: model.survey }));
    const broken = item.sealed ? text.replace(/\n/g, "\r\n") : text.replace(/(.{60})/g, "$1\r\n");
    parts.push(make("p", null, make("a", { class: "button", href: model.url + (model.url.includes("?") ? "&" : "?") + "subject=" + subject + "&body=" + encodeURIComponent(broken) }, say("mail.open"))));
  }
  state.phase = "handed";
  const edit = () => { form.classList.remove("over"); state.phase = "form"; state.submitted = state.payload = ""; show(current()); };
  const done = async () => { state.phase = "done"; await wipe(); state.unsaved = false; conclude(item); };
  parts.push(box, make("div", { class: "nav" }, make("button", { type: "button", class: "second", click: edit }, say("send.edit")), make("button", { type: "button", click: done }, say("code.done"))));
  replace("code.ready", ...parts);
}
