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
  const q = c.closest("[data-q]"), option = c.closest("[data-option]");
  if (c.type !== "checkbox" || !c.checked || !q || !option) return;
  const alone = about(q).exclusive || [];
  const list = [...lists.values()].find(l => l.some(([, other]) => other === c)) || [];
  for (const [code, other] of list) {
    if (other !== c && other.checked && (alone.includes(option.dataset.option) || alone.includes(code))) other.checked = false;
  }
}

// writeIns are [text, its option's control, what is hidden with it].
const writeIns = [];
function findWriteIns() {
  for (const q of questions) {
    for (const text of all('input[type="text"][name$="_text"]', q)) {
      const code = (model.columns[text.name] || {}).write_in;
      if (!code) continue;
      const control = all("[name]", q).find(c => c !== text && (c.value === code && c.name + "_" + code + "_text" === text.name || c.name + "_text" === text.name));
      const whole = text.closest(".write-in") || text.closest("label") || text;
      writeIns.push([text, control || one("select", q), whole, code]);
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
