// Random order, made from the seed of the response; what is anchored keeps its end.

// random is mulberry32, a generator of 32 bits of state: the same seed gives the same order everywhere.
function random(seed) {
  let a = seed >>> 0;
  return () => {
    a = a + 0x6d2b79f5 | 0;
    let t = Math.imul(a ^ a >>> 15, 1 | a);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 4294967296;
  };
}

// hash is FNV-1a of a name, so that every list has a sequence of its own.
const hash = text => [...text].reduce((h, c) => Math.imul(h ^ c.codePointAt(0), 16777619), 2166136261) >>> 0;

const written = new Map(); // the parts of each container as they are in the page, to start from

// partsOf are the children of a container with a code, each with the nodes that follow it.
function partsOf(container, codeOf) {
  const parts = [];
  for (const e of container.children) {
    const code = codeOf(e);
    if (code) parts.push({ code, nodes: [e] });
    else if (parts.length) parts[parts.length - 1].nodes.push(e);
  }
  return parts;
}

function shuffle(container, name, codeOf, anchors) {
  if (!written.has(container)) written.set(container, partsOf(container, codeOf));
  const parts = written.get(container), next = random(state.seed ^ hash(name));
  const free = parts.filter(p => !anchors[p.code]);
  for (let i = free.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [free[i], free[j]] = [free[j], free[i]];
  }
  const end = which => parts.filter(p => anchors[p.code] === which);
  const order = [...end("first"), ...free, ...end("last")];
  container.append(...order.flatMap(p => p.nodes));
  state.order[name] = [...new Set(order.map(p => p.code))];
}

function shuffleAll() {
  for (const p of model.pages) {
    const section = document.getElementById("p-" + p.id);
    if (p.shuffled && section) shuffle(section, p.id, e => e.dataset.q, {});
  }
  for (const q of questions) {
    const m = about(q);
    if (!m.shuffled) continue;
    for (const c of all("[data-shuffle]", q)) shuffle(c, q.dataset.q, partOf, m.anchors || {});
  }
}

const partOf = e => e.dataset.option || e.dataset.row || e.dataset.item || e.dataset.feature || (e.firstElementChild && e.firstElementChild.dataset.option);

hooks.start.push(shuffleAll);
