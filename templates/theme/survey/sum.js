// Constant sum: the total is shown while numbers are given.

const totals = new Map();
const sumOf = q => all("[name]", q).filter(shown).reduce((sum, c) => sum + (number(c.value) || 0), 0);
const close = (a, b) => Math.abs(a - b) < 1e-9 * Math.max(1, Math.abs(b));

checks.constant_sum = (q, m, controls) => {
  const bad = controls.map(c => badNumber(c, { min: 0, max: m.total, integer: m.integer })).find(Boolean);
  if (bad) return bad;
  if (!close(sumOf(q), m.total)) return ["sum.wrong", { total: m.total, sum: round(sumOf(q)) }, controls[0]];
};

const round = x => Math.round(x * 1e6) / 1e6;

hooks.build.push(() => {
  for (const q of questions.filter(q => about(q).type === "constant_sum")) {
    const line = one("output", q);
    line.hidden = false;
    totals.set(q, line);
  }
});
hooks.refresh.push(() => {
  for (const [q, line] of totals) {
    const total = about(q).total, sum = sumOf(q), left = round(total - sum);
    const text = say(close(sum, total) ? "sum.right" : left > 0 ? "sum.left" : "sum.over", { sum: round(sum), total, left: Math.abs(left) });
    const key = language() + sum;
    if (line.key === key) continue;
    line.key = key;
    line.classList.toggle("right", close(sum, total));
    line.replaceChildren(text);
  }
});
