// Cascade: each select offers what follows from the one before.

const offers = new Map(); // of each select: its groups as they are in the page

hooks.build.push(() => {
  for (const q of questions.filter(q => about(q).type === "cascade")) {
    for (const select of all("select", q)) offers.set(select, all("optgroup", select));
  }
});

function offer(q) {
  let branches = about(q).branches || [], path = "";
  for (const select of all("select", q)) {
    const groups = offers.get(select), fits = groups.filter(g => g.dataset.parent === path), value = select.value;
    if (groups.length && select.path !== path) {
      select.replaceChildren(select.options[0], ...fits);
      select.path = path;
      select.value = value;
      if (select.selectedIndex < 0) select.value = "";
    }
    select.disabled = !branches.length;
    const chosen = branches.find(b => b.code === select.value);
    branches = chosen && chosen.branches || [];
    path = (path ? path + "/" : "") + select.value;
  }
}

checks.cascade = q => {
  const bare = all("select", q).find(s => !s.disabled && s.value === "");
  return bare && ["must.choose", null, bare];
};
hooks.refresh.unshift(() => questions.filter(q => about(q).type === "cascade").forEach(offer));
