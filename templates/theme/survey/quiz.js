// Quiz: time runs, answers are scored here, nothing is sent.

const clock = make("div", { class: "clock", role: "timer" });
let ends = 0, ticking = 0;
const locks = new Map(); // questions with a time of their own: when it ends

const clockText = seconds => Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");

function tick() {
  const now = Date.now();
  for (const [q, at] of locks) {
    const left = Math.max(0, Math.ceil((at - now) / 1000));
    one(".limit", q).replaceChildren(say(left ? "quiz.left" : "quiz.over", { time: clockText(left) }));
    if (!left) { locks.delete(q); lock(q); }
  }
  if (ends) {
    const left = Math.max(0, Math.ceil((ends - now) / 1000));
    clock.replaceChildren(say("quiz.left", { time: clockText(left) }));
    if (!left && state.phase === "form") { clearInterval(ticking); state.submitted = stamp(); announce("quiz.over"); conclude(); }
  }
  if (state.phase !== "form") { clearInterval(ticking); clock.remove(); }
}

// lock takes no more answers; what was given stays.
function lock(q) {
  q.classList.add("locked");
  for (const c of all("[name]", q)) if (c.type === "radio" || c.type === "checkbox" || c.tagName === "SELECT") c.disabled = true; else c.readOnly = true;
}

hooks.shown.push(section => {
  for (const q of all("[data-q]", section)) {
    const limit = about(q).time_limit;
    if (!limit || one(".limit", q)) continue;
    one("legend, label", q).after(make("p", { class: "limit hint" }));
    locks.set(q, Date.now() + limit * 1000);
  }
  if (model.time_limit && !ends && state.phase === "form") {
    ends = Date.now() + model.time_limit * 1000;
    one("header").append(clock);
  }
  clearInterval(ticking);
  if (ends || locks.size) { tick(); ticking = setInterval(tick, 500); }
});
hooks.forget.push(() => {
  ends = 0;
  locks.clear();
  for (const q of questions) {
    q.classList.remove("locked", "right", "missed");
    for (const e of all(".limit", q)) e.remove();
    for (const c of all("[name]", q)) { c.disabled = false; c.readOnly = false; }
  }
});

// isRight compares the answer with the right one: all right codes and no other, or the text in any case.
function isRight(q, m) {
  const v = read(q.dataset.q), flat = x => plain(String(x)).toLowerCase();
  if (Array.isArray(v)) return v.length === m.correct.length && v.every(code => m.correct.includes(code));
  if (isMissing(v)) return false;
  return m.correct.some(c => flat(c) === flat(v) || typeof v === "number" && Number(c) === v);
}

// pointsOf is what the answer earned and the most it could: all or nothing, or by the scores of its options.
function pointsOf(q, m) {
  if (!m.scores) return [isRight(q, m) ? m.score : 0, m.score];
  const worth = code => m.scores[code] ?? (m.correct.includes(code) ? m.score : 0), sum = codes => codes.map(worth).reduce((a, b) => a + b, 0);
  const codes = [...new Set([...Object.keys(m.scores), ...m.correct])], v = read(q.dataset.q);
  if (m.type === "multiple_choice") return [Array.isArray(v) ? sum(v) : 0, sum(codes.filter(c => worth(c) > 0))];
  return [isMissing(v) ? 0 : worth(v), Math.max(...codes.map(worth))];
}

// marks is the score with a line for each question.
function marks() {
  const list = make("ol", { class: "marks" });
  let got = 0, most = 0;
  for (const q of questions.filter(q => shown(q) && about(q).correct)) {
    const m = about(q), right = isRight(q, m), [earned, possible] = pointsOf(q, m);
    got += earned;
    most += possible;
    const proper = lang => m.correct.map(code => {
      const option = all("[data-option]", q).find(e => e.dataset.option === code) || all("option", q).find(o => o.value === code);
      return !option ? code : option.tagName === "OPTION" ? optionIn(option, lang) : textIn(option, lang);
    }).join(word("list", null, lang));
    list.append(make("li", { class: right ? "right" : "missed" }, make("span", { class: "asked" }, say("quiz.item", { question: lang => titleOf(q, lang) })),
      make("b", null, say(right ? "quiz.right" : "quiz.wrong", { answer: proper }))));
  }
  return make("div", { class: "score" }, make("p", { class: "points" }, say("quiz.score", { n: got, all: most })), list);
}
