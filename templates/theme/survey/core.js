// The survey page with script. The HTML is a whole form already: the controls hold the answers, and
// what follows shows one page of it at a time, follows conditions, keeps a draft and sends. All files of
// this folder are put into one function, this one first and start.js last; package page leaves out those
// a survey does not need, so the files between add themselves to hooks and checks.
"use strict";
const model = JSON.parse(document.getElementById("model").textContent);
const form = document.getElementById("survey");
const main = form.querySelector("main");

// hooks are run once, at the start of every attempt, after every change, when conditions were followed, when a page is shown,
// when the language changes, when all is forgotten, and when something waiting was sent or was not.
const hooks = { build: [], start: [], change: [], refresh: [], shown: [], language: [], forget: [], outbox: [] };
const run = (name, ...args) => hooks[name].forEach(f => f(...args));

// checks are by type of question: they return [word, values, control] of what is wrong, or nothing.
const checks = {};

// state is the attempt of one respondent. phase: form, sending, failed, done.
const state = { phase: "form", id: "", seed: 0, started: "", submitted: "", at: null, touched: false, hidden: {}, order: {}, consent: {}, withdrawal: "", payload: "", from: "" };

const all = (selector, within = form) => [...within.querySelectorAll(selector)];
const one = (selector, within = form) => within.querySelector(selector);
const questions = all("[data-q]");
const about = q => model.questions[q.dataset.q] || {};
const questionOf = id => questions.find(q => q.dataset.q === id);

// make builds an element; what is no node becomes text, never mark-up.
function make(tag, attributes, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") e.addEventListener(name, value);
    else if (value !== false && value != null) e.setAttribute(name, value === true ? "" : value);
  }
  e.append(...children.filter(c => c != null));
  return e;
}

// language is the one that is shown.
function language() {
  const chosen = form.elements._lang;
  return chosen.value || model.languages[0];
}

// word is a phrase in one language; a value may be a function of the language.
function word(key, values, lang = language()) {
  const text = (values && values.n === 1 && model.words[key + ".one"] || model.words[key])[lang];
  return text.replace(/\{(\w+)\}/g, (all, name) => {
    const v = values && values[name];
    return typeof v === "function" ? v(lang) : v ?? all;
  });
}

// say is a phrase in every language, of which the style sheet shows one.
function say(key, values) {
  const out = document.createDocumentFragment();
  for (const lang of model.languages) {
    const text = word(key, values, lang);
    out.append(text ? make("span", { lang }, text) : "");
  }
  return out;
}

// textIn is what an element says in a language, without its controls and remarks.
function textIn(e, lang) {
  const copy = e.cloneNode(true);
  all("[lang]", copy).forEach(x => x.lang === lang || x.remove());
  all(".must, .error, .hint, .if, .paper, .picture, .moves, input, select, textarea, button, svg", copy).forEach(x => x.remove());
  return copy.textContent.replace(/\s+/g, " ").trim();
}

const titleOf = (q, lang) => textIn(one("legend, label", q) || q, lang);

// announce tells screen readers what happened.
const voice = make("p", { class: "skip", role: "status" });
function announce(key, values) { voice.replaceChildren(say(key, values)); }

// parameters of the address of the page.
const address = new URLSearchParams(location.search);

// token of a personal invitation; behind # it is in no server's log.
const token = new URLSearchParams(location.hash.slice(1)).get("t") || address.get("t") || "";

// context is what expressions know besides answers.
const context = {
  get today() { return day(); },
  param: name => address.has(name) ? address.get(name) : undefined,
};

// day is the calendar day where the survey is at home, else where the reader is.
function day() {
  const now = new Date(), part = { year: "numeric", month: "2-digit", day: "2-digit" };
  try {
    return new Intl.DateTimeFormat("en-CA", { ...part, timeZone: model.zone || undefined }).format(now);
  } catch {
    return new Intl.DateTimeFormat("en-CA", part).format(now);
  }
}

const stamp = () => new Date().toISOString().slice(0, 19) + "Z";

// A condition holds where it is exactly true.
const holds = tree => evaluate(tree, read, context) === true;

// conditions are elements that are shown only if something holds.
const conditions = [];
function findConditions() {
  const add = (e, tree) => { if (e && tree) conditions.push([e, tree]); };
  const parts = { options: "option", rows: "row", items: "item", features: "feature" };
  for (const p of model.pages) add(document.getElementById("p-" + p.id), p.show_if);
  for (const q of questions) {
    const m = about(q);
    add(q, m.show_if);
    for (const [list, name] of Object.entries(parts)) {
      for (const [code, tree] of Object.entries(m[list] || {})) {
        all(`[data-${name}="${CSS.escape(code)}"]`, q).forEach(e => add(e, tree));
      }
    }
  }
}

// refresh follows all conditions until nothing changes; the definition has no cycles.
function refresh() {
  for (let turn = 0, changed = true; changed && turn < 50; turn++) {
    changed = false;
    for (const [e, tree] of conditions) {
      const gone = !holds(tree);
      if (e.classList.contains("gone") === gone) continue;
      e.classList.toggle("gone", gone);
      changed = true;
    }
  }
  run("refresh");
}
