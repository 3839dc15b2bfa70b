// Best–worst tasks and Kano pairs come one after the other: the next appears when one is answered.

const partsIn = q => all("[data-task], [data-feature]", q).filter(e => !e.classList.contains("gone"));
const columnsIn = e => [...new Set(all("[name]", e).map(c => c.name))];
const complete = e => columnsIn(e).every(given);
const inParts = q => ["max_diff", "kano"].includes(about(q).type);

hooks.refresh.push(() => {
  for (const q of questions.filter(inParts)) {
    const parts = partsIn(q), first = parts.findIndex(e => !complete(e));
    const until = Math.max(first < 0 ? parts.length : first, parts.findLastIndex(e => columnsIn(e).some(given)));
    parts.forEach((e, i) => e.classList.toggle("wait", i > until));
    const now = Math.min(until + 1, parts.length);
    if (q.revealed && q.revealed < now) announce("parts", { n: now, all: parts.length });
    q.revealed = now;
  }
});

// What is best cannot be worst too.
hooks.change.push(c => {
  const task = c.type === "radio" && c.checked && c.closest("[data-task]");
  if (!task) return;
  for (const other of all("[name]", task)) {
    if (other.name !== c.name && other.value === c.value) other.checked = false;
  }
});

// The arrows of the keyboard pass over an item that is the other end already.
hooks.build.push(() => form.addEventListener("keydown", e => {
  const task = e.key.startsWith("Arrow") && e.target.type === "radio" && e.target.closest("[data-task]");
  if (!task) return;
  const radios = all("[name]", task), other = radios.find(c => c.name !== e.target.name && c.checked);
  const same = other && radios.find(c => c.name === e.target.name && c.value === other.value);
  if (!same || same === e.target) return;
  same.disabled = true;
  setTimeout(() => { same.disabled = false; });
}));

checks.max_diff = checks.kano = (q, m) => {
  const half = partsIn(q).find(e => !complete(e) && columnsIn(e).some(given));
  const bare = half && all("[name]", half).find(c => !given(c.name));
  return bare && ["must.pair", null, bare];
};
