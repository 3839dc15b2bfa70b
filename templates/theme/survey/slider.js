// Slider: the number is the answer, the range shows it; one that nobody touched is no answer.

const pairs = () => questions.filter(q => about(q).type === "slider").map(q => [one('input[type="range"]', q), one("[name]", q)]).filter(([range, field]) => range && field && range !== field);

function follow([range, field]) {
  const v = number(field.value);
  range.classList.toggle("untouched", v === null);
  if (v !== null) range.value = String(v);
}

hooks.build.push(() => {
  for (const [range, field] of pairs()) {
    const take = () => { field.value = range.value; changed(field); };
    range.hidden = false;
    range.addEventListener("input", take);
    range.addEventListener("click", take);
  }
});
hooks.refresh.push(() => pairs().forEach(follow));
