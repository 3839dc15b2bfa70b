// Hidden columns come from the address of the page; what is not declared is ignored.
const mostParameter = 200;
hooks.start.push(() => {
  for (const h of model.hidden) {
    const v = address.get(h.from);
    if (v == null || v === "" || v.length > mostParameter) continue;
    if (h.allow ? h.allow.includes(v) : fitsPattern(v, h.pattern)) state.hidden[h.id] = v;
  }
});

// fitsPattern tries a pattern of the definition; one that only Go understands is left to the import.
function fitsPattern(v, pattern) {
  if (!pattern) return true;
  try {
    const bare = pattern.replace(/^\(\?i\)/, "");
    return new RegExp(bare, bare === pattern ? "u" : "iu").test(v);
  } catch {
    return true;
  }
}
