// Cascade: each select offers what follows from the one before.

const levelsOf = q => all("select", q);

function offer(q) {
  let branches = about(q).branches || [];
  for (const select of levelsOf(q)) {
    const codes = branches.map(b => b.code);
    for (const o of [...select.options]) {
      const fits = o.value === "" || codes.includes(o.value);
      o.hidden = o.disabled = !fits;
    }
    for (const g of all("optgroup", select)) g.hidden = [...g.children].every(o => o.hidden);
    if (select.value && !codes.includes(select.value)) select.value = "";
    select.disabled = !codes.length;
    const chosen = branches.find(b => b.code === select.value);
    branches = chosen && chosen.branches || [];
  }
}

checks.cascade = q => {
  const bare = levelsOf(q).find(s => !s.disabled && s.value === "");
  return bare && ["must.choose", null, bare];
};
hooks.refresh.unshift(() => questions.filter(q => about(q).type === "cascade").forEach(offer));
