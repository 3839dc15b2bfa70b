// Choices: an exclusive answer takes the others away, a write-in comes with its option, digits of full
// width become plain.

// Numbers are typed as text, so that １２３ is read too; keyboards on screens still show digits.
function typeNumbers() {
  for (const c of all('input[type="number"]')) {
    c.type = "text";
    c.setAttribute("inputmode", about(c.closest("[data-q]")).integer ? "numeric" : "decimal");
    c.autocomplete = "off";
  }
}

function exclude(c) {
  const { of: list, option } = columnOf(c.name), alone = about(c.closest("[data-q]")).exclusive || [];
  if (!list || !c.checked) return;
  for (const [code, other] of lists.get(list)) {
    if (other !== c && (alone.includes(option) || alone.includes(code))) other.checked = false;
  }
}

// writeIns are [text, its option's control, what is hidden with it].
const writeIns = [];
function findWriteIns() {
  for (const q of questions) {
    for (const text of all('input[type="text"][name$="_text"]', q)) {
      const code = columnOf(text.name).write_in;
      if (!code) continue;
      const control = all("[name]", q).find(c => c.value === code && c.type === "radio" || c.name + "_text" === text.name);
      writeIns.push([text, control || one("select", q), text.closest("label"), code]);
    }
  }
}

hooks.refresh.unshift(() => {
  for (const [, control, whole, code] of writeIns) {
    whole.classList.toggle("gone", !shown(control) || !(control.tagName === "SELECT" ? control.value === code : control.checked));
  }
});

hooks.change.push(c => {
  if (c.type === "checkbox") exclude(c);
  const kind = columnOf(c.name).kind;
  if (c.type === "text" && (kind === "number" || c.inputMode === "numeric") && /[^\x00-\x7f]/.test(c.value)) c.value = plain(c.value);
});
