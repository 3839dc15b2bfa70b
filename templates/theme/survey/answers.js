// Answers: what the controls hold, under the names of the data columns.

// fields are the controls of each column, lists the ticks of each multiple choice.
const fields = new Map(), lists = new Map();

function findFields() {
  for (const q of questions) {
    for (const c of all("[name]", q)) {
      if (!fields.has(c.name)) fields.set(c.name, []);
      fields.get(c.name).push(c);
      const { of: list, option } = columnOf(c.name);
      if (!list) continue;
      if (!lists.has(list)) lists.set(list, []);
      lists.get(list).push([option, c]);
    }
  }
}

const shown = c => !c.closest(".gone");

// plain makes digits and signs of full width those of the keyboard.
const plain = text => text.replace(/[\uff01-\uff5e]/g, c => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/[\u3000\u00a0]/g, " ").replace(/[\u2212\u2013]/g, "-").trim();

// number is what a field says in figures, null where that is none.
function number(text) {
  const p = plain(text).replace(/[,\s](?=\d{3}(\D|$))/g, "");
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(p) ? Number(p) : null;
}

// given is the text or code of a column, "" without an answer, undefined where it is not shown.
function given(name) {
  const controls = (fields.get(name) || []).filter(shown);
  if (!controls.length) return undefined;
  if (controls[0].type === "radio" || controls[0].type === "checkbox") {
    const on = controls.find(c => c.checked);
    return on ? on.value : "";
  }
  return controls[0].value.trim();
}

const columnOf = name => model.columns[name] || {};

// read is the answer to a question or column as expressions take it.
function read(name) {
  if (Object.hasOwn(model.calculated, name)) return calculated(name);
  if (model.hidden.some(h => h.id === name)) return state.hidden[name] ?? null;
  const list = lists.get(name);
  if (list) {
    const there = list.filter(([, c]) => shown(c));
    return there.length ? there.filter(([, c]) => c.checked).map(([code]) => code) : { missing: "not_shown" };
  }
  const text = given(name), column = columnOf(name);
  if (text === undefined) return { missing: "not_shown" };
  if (column.kind === "tick") return text ? "1" : "0";
  if (text === "") return null;
  if (column.missing && Object.hasOwn(column.missing, text)) return { missing: column.missing[text] };
  return column.kind === "number" ? number(text) ?? { missing: "invalid" } : text;
}

function calculated(name) {
  const v = evaluate(model.calculated[name], read, context);
  return isMissing(v) ? null : v;
}

// answers are all columns that are shown: text, number, null where nothing was given, a list for a
// multiple choice.
function answers() {
  const out = {};
  for (const [name, controls] of fields) {
    const text = given(name);
    if (text === undefined) continue;
    const list = columnOf(name).of;
    if (list) out[list] = read(list);
    else if (columnOf(name).kind === "tick") out[name] = text ? "1" : "0";
    else if (columnOf(name).kind === "number" && text !== "") out[name] = number(text) ?? text;
    else out[name] = text === "" ? null : text;
  }
  for (const h of model.hidden) if (state.hidden[h.id] != null) out[h.id] = state.hidden[h.id];
  for (const name of Object.keys(model.calculated)) out[name] = calculated(name);
  return out;
}

// response is the whole record: what it is, then its answers.
function response() {
  const out = {
    _id: state.id, _survey: model.survey, _version: String(model.version), _build: model.build, _lang: language(), _mode: "web",
    _started: state.started, _submitted: state.submitted, _js: "1", _seed: String(state.seed),
  };
  const order = Object.entries(state.order).map(([q, codes]) => q + "=" + codes.join(",")).join(";");
  if (order) out._order = order;
  if (token) out._token = token;
  const agreed = Object.entries(state.consent).map(([what, { lang, hash, time }]) => [what, lang, hash, time].join(" ")).join("; ");
  if (agreed) out._consent = agreed;
  if (state.withdrawal) out._withdrawal = brief(state.withdrawal, 26);
  return Object.assign(out, answers());
}

// labelIn is an answer in words of a language, "" without one.
function labelIn(name, lang) {
  const list = lists.get(name);
  const mark = c => markIn(c, lang);
  if (list) return list.filter(([, c]) => shown(c) && c.checked).map(([, c]) => mark(c)).join(word("list", null, lang));
  const text = given(name);
  if (text === undefined || text === "") return Object.hasOwn(model.calculated, name) ? String(calculated(name) ?? "") : String(state.hidden[name] ?? "");
  const controls = fields.get(name).filter(shown);
  if (controls[0].type === "radio" || controls[0].type === "checkbox") return mark(controls.find(c => c.checked));
  if (controls[0].tagName === "SELECT") return optionIn(controls[0].selectedOptions[0] || controls[0], lang);
  return text;
}

// markIn is what a radio button or a tick stands for.
function markIn(c, lang) {
  const pick = c.closest("[data-item]"), label = pick ? one(".what", pick) : c.closest("[data-option]") || c.closest("label");
  return label && textIn(one(".says", label) || label, lang) || c.value;
}

// optionIn is the label of a select's option, which holds one text for each language.
const optionIn = (option, lang) => option.getAttribute("data-l-" + lang.toLowerCase()) || option.text || "";

// answered reports whether anything of a question is answered.
const answered = q => all("[name]", q).some(c => shown(c) && (c.type === "radio" || c.type === "checkbox" ? c.checked : c.value.trim() !== ""));
