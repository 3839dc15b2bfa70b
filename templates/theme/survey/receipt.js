// Receipt: thanks, when, and what was answered, to keep.

function conclude(item) {
  state.phase = "done";
  state.unsaved = false;
  saved.replaceChildren();
  const ending = all("[data-ending]").find(e => { const m = model.endings[e.dataset.ending]; return !m || holds(m); });
  const text = ending && ending.cloneNode(true);
  if (text) { text.hidden = false; text.removeAttribute("id"); }
  const when = lang => new Date(state.submitted).toLocaleString(lang, { dateStyle: "long", timeStyle: "short" });
  const proof = item && receiptOf(item.id, item.payload);
  const sent = !item ? null : make("p", { class: "when" }, say(item.state === "received" ? "receipt.when" : "receipt.handed", { time: when, id: proof }));
  const copyIt = item && item.state === "handed" && !model.kiosk ? codeBox("code.title", item) : null;
  const score = model.quiz && typeof marks === "function" ? marks() : null;
  const keepIt = model.kiosk ? null : make("details", { class: "summary" }, make("summary", null, say("receipt.answers")), summaryList(),
    make("div", { class: "tools" }, make("button", { type: "button", class: "second", click: saveSummary }, say("receipt.save"))));
  replace(model.quiz ? "quiz.title" : "receipt.title", text, score, sent, withdrawalNote(), keepIt);
  if (copyIt) copyIt.then(box => (keepIt || after.lastChild).before(box));
  run("shown", after);
  if (model.kiosk) startAnew();
}

// withdrawalNote shows the code by which the answers can be withdrawn; nobody else has it.
function withdrawalNote() {
  return state.withdrawal && make("p", { class: "withdrawal" }, say("receipt.withdrawal"), " ", make("b", null, state.withdrawal.match(/.{4}/g).join("-")));
}

// rowsOf are the answers in words: [question, part or null, answer].
function rowsOf(lang) {
  const out = [];
  for (const q of questions.filter(shown)) {
    const title = titleOf(q, lang), parts = new Map();
    for (const c of all("[name]", q).filter(shown)) {
      const name = columnOf(c.name).of || c.name;
      if (!parts.has(name)) parts.set(name, c);
    }
    for (const [name, c] of parts) {
      const answer = labelIn(name, lang);
      if (answer) out.push([title, partIn(q, c, lang), answer]);
    }
  }
  return out;
}

// partIn is the row, item or feature a control stands for.
function partIn(q, c, lang) {
  const e = c.closest("[data-row], [data-item], [data-feature], [data-task]");
  if (!e || !q.contains(e)) return "";
  return textIn(one("legend, .label, label", e) || e, lang);
}

function summaryList() {
  const list = make("dl");
  const write = () => {
    list.replaceChildren();
    let last = "";
    for (const [title, part, answer] of rowsOf(language())) {
      if (title !== last) list.append(make("dt", null, title));
      last = title;
      list.append(make("dd", null, part ? part + ": " : null, make("b", null, answer)));
    }
  };
  write();
  hooks.language.push(write);
  return list;
}

function saveSummary() {
  const lang = language(), lines = [model.title[lang] || model.title[""], state.submitted, ""];
  for (const [title, part, answer] of rowsOf(lang)) lines.push(title + (part ? " – " + part : ""), "  " + answer);
  download(model.survey + "-" + state.submitted.slice(0, 10) + ".txt", lines.join("\r\n") + "\r\n", "text/plain;charset=utf-8");
}
