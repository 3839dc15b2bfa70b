// Consent: each box stands alone, is empty at first, and is kept with the hash of what it said and when.

const boxes = all("[data-consent]");
const asking = make("p", { class: "error", id: "e-consent", hidden: true }, say("must.consent"));

hooks.build.push(() => {
  for (const b of boxes) {
    b.addEventListener("change", () => {
      const what = b.dataset.consent, lang = language();
      if (b.checked) state.consent[what] = { lang, hash: model.consents[what][lang], time: stamp() }; else delete state.consent[what];
      state.touched = state.unsaved = true;
      state.changes = (state.changes || 0) + 1;
      asking.hidden = boxes.every(x => x.checked);
      keep();
    });
  }
  if (boxes.length) boxes[0].closest("label").before(asking);
});
hooks.start.push(() => { for (const b of boxes) b.checked = b.dataset.consent in state.consent; asking.hidden = true; });

gates.push(() => {
  const open = boxes.find(b => !b.checked);
  asking.hidden = !open;
  if (open) { open.focus(); open.setAttribute("aria-describedby", "e-consent"); asking.scrollIntoView({ block: "center" }); }
  return !open;
});
