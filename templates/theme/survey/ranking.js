// Ranking: buttons up and down beside the selects.

const itemsOf = q => all("[data-item]", q).filter(e => !e.classList.contains("gone"));
const rankOf = e => Number(one("select", e).value) || 0;

checks.ranking = (q, m) => {
  const items = itemsOf(q), ranks = items.map(rankOf).filter(Boolean), most = Math.min(m.max_choices || items.length, items.length);
  if (required(m) && ranks.length < most) return ["must.all", { n: most - ranks.length }, one("select", items.find(e => !rankOf(e)))];
  if (new Set(ranks).size < ranks.length) return ["ranking.twice", null, one("select", items[0])];
};

function buildRanking() {
  for (const q of questions.filter(q => about(q).type === "ranking")) {
    for (const e of all("[data-item]", q)) {
      const button = (by, key, sign) => make("button", { type: "button", class: "move", click: () => shift(q, e, by) },
        make("span", { "aria-hidden": "true" }, sign), make("span", { class: "skip" }, say(key, { item: lang => textIn(e, lang) })));
      e.append(make("span", { class: "moves" }, button(-1, "ranking.up", "↑"), button(1, "ranking.down", "↓")));
    }
  }
}

// shift moves an item one place; the first press ranks all in the order they stand in.
function shift(q, e, by) {
  const held = document.activeElement;
  const items = itemsOf(q).sort((a, b) => (rankOf(a) || 1e9) - (rankOf(b) || 1e9));
  const at = items.indexOf(e), to = Math.min(Math.max(at + by, 0), items.length - 1);
  items.splice(to, 0, ...items.splice(at, 1));
  const ranks = about(q).max_choices || items.length;
  items.forEach((item, i) => { one("select", item).value = i < ranks ? String(i + 1) : ""; });
  arrange(q, items);
  held.focus();
  announce("ranking.now", { item: lang => textIn(e, lang), rank: to + 1, all: items.length });
  changed(one("select", e));
}

// arrange shows the items in their order.
function arrange(q, items) {
  const place = items[0].parentNode;
  items.forEach(item => place.append(item));
}

hooks.build.push(buildRanking);
