// Typing forms in without leaving the keyboard: Enter goes to the next field and, from the last, sends;
// a code that can only be that one goes on by itself; what is no code is marked at once.
"use strict";
const fields = Array.from(document.querySelectorAll("form input:not([type]), form textarea"));
const wrong = f => {
  const codes = f.dataset.codes && f.dataset.codes.split(" ");
  if (!codes || !f.value.trim()) return false;
  const words = f.dataset.several === undefined ? [f.value.trim()] : f.value.trim().split(/[\s,;，、]+/);
  const numbered = !codes.some(c => /^-?\d+$/.test(c));
  return !words.every(w => codes.includes(w) || f.dataset.several !== undefined && w === "0" || numbered && /^[1-9]\d*$/.test(w) && +w <= codes.length);
};
fields.forEach((f, i) => {
  f.addEventListener("keydown", e => {
    if (e.key !== "Enter" || e.isComposing || f.tagName === "TEXTAREA" && e.shiftKey) return;
    e.preventDefault();
    if (i + 1 < fields.length && !e.ctrlKey) fields[i + 1].select(), fields[i + 1].focus();
    else f.form.requestSubmit();
  });
  f.addEventListener("input", () => {
    if (wrong(f)) f.setAttribute("aria-invalid", "true"); else f.removeAttribute("aria-invalid");
    const codes = f.dataset.codes && f.dataset.codes.split(" ");
    if (!codes || f.dataset.several !== undefined || !codes.includes(f.value) || codes.some(c => c !== f.value && c.startsWith(f.value))) return;
    if (i + 1 < fields.length) fields[i + 1].focus();
  });
});
(document.querySelector("[aria-invalid]") || fields[0]).focus();
