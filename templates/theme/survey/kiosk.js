// Kiosk: one device for many. After sending all is forgotten and the first page returns; so it does
// when nobody has touched the page for a while, but not while answers wait to be sent.

const thanks = 8000, silence = 120000; // ms
let idle = 0;

function startAnew() { setTimeout(forget, thanks); }

function forget() {
  run("forget");
  Object.assign(state, { phase: "form", at: null, submitted: "", touched: false, unsaved: false, order: {}, consent: {}, withdrawal: "", payload: "", shown: "" });
  furthest = 0;
  form.classList.remove("over");
  after.replaceChildren();
  choose(chosenLanguage());
  begin();
}

function watch() {
  clearTimeout(idle);
  idle = setTimeout(() => { if (state.touched && state.phase === "form") forget(); }, silence);
}
for (const kind of ["pointerdown", "keydown", "input"]) addEventListener(kind, watch);
hooks.forget.push(() => { state.hidden = {}; });
hooks.start.push(() => { form.autocomplete = "off"; });
