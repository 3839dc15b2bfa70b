// The expression language of survey.yaml in the page. The rules are those of
// internal/survey/evaluate.go and functions.go; internal/survey/testdata/expressions.json
// holds both to the same cases. A tree is a literal, {q: name, n: 1} or [operator, operands …].
// read(name) gives null, a code or text, a number, true or false, an array of ticked codes or
// {missing: reason}; context is {today, param(name)}. What is missing is null or {missing} here too.
function evaluate(tree, read, context) {
  const value = t => evaluate(t, read, context);
  if (!Array.isArray(tree)) {
    return tree !== null && typeof tree === "object" ? answerOf(read(tree.q), tree.n) : finite(tree);
  }
  const [op, ...args] = tree;
  switch (op) {
    case "not": return value(args[0]) !== true;
    case "and": return args.every(a => value(a) === true);
    case "or": return args.some(a => value(a) === true);
    case "?": return value(args[0]) === true ? value(args[1]) : value(args[2]);
    case "in": return within(value(args[0]), args[1], value);
    case "neg": return arithmetic("-", 0, value(args[0]));
    case "+": case "-": case "*": case "/": return arithmetic(op, value(args[0]), value(args[1]));
    case "today": return context.today || null;
    case "param": { const v = context.param(args[0]); return v === undefined || v === "" ? null : v; }
    case "missing": { const v = value(args[0]); return isMissing(v) && (args.length < 2 || reasonOf(v) === args[1]); }
    case "len": return lengthOf(value(args[0]));
    case "round": return roundOf(value(args[0]), args.length > 1 ? value(args[1]) : 0);
    case "answered": return args.some(a => tally(value(a), false) > 0);
    case "count": return args.reduce((n, a) => n + tally(value(a), true), 0);
    case "sum": case "mean": case "min": case "max": return aggregate(op, args.map(value));
  }
  return compared(op, value(args[0]), value(args[1]));
}

function isMissing(v) { return v === null || v === undefined || typeof v === "object" && !Array.isArray(v); }

function reasonOf(v) { return v ? v.missing : "skipped"; }

function finite(v) { return typeof v === "number" ? (Number.isFinite(v) ? v + 0 : null) : v; }

// answerOf is the answer to a question: codes of whole numbers count as numbers.
function answerOf(v, whole) {
  if (Array.isArray(v)) return v.length ? v : { missing: "skipped" };
  if (typeof v !== "string" || !whole) return v === undefined || v === "" ? null : finite(v);
  return /^(0|-?[1-9][0-9]{0,14})$/.test(v) ? Number(v) : { missing: "invalid" };
}

// same compares two values that are there: a number equals the text that is its code.
function same(a, b) {
  if (typeof a === "number" && typeof b === "string") return b !== "" && Number.isInteger(a) && Math.abs(a) < 1e15 && String(a) === b;
  if (typeof a === "string" && typeof b === "number") return same(b, a);
  return typeof a === typeof b && !Array.isArray(a) && a === b;
}

function compared(op, a, b) {
  if (isMissing(a) || isMissing(b)) return false;
  if (op === "==") return same(a, b);
  if (op === "!=") return !Array.isArray(a) && !Array.isArray(b) && !same(a, b);
  if (typeof a !== typeof b || typeof a !== "number" && typeof a !== "string") return false;
  const by = typeof a === "number" ? a - b : byPoint(a, b);
  return op === "<" ? by < 0 : op === "<=" ? by <= 0 : op === ">" ? by > 0 : by >= 0;
}

// byPoint compares texts by code point; the order of JavaScript is that of UTF-16.
function byPoint(a, b) {
  const x = Array.from(a), y = Array.from(b);
  for (let i = 0; i < x.length && i < y.length; i++) {
    if (x[i] !== y[i]) return x[i].codePointAt(0) - y[i].codePointAt(0);
  }
  return x.length - y.length;
}

function within(v, list, value) {
  if (isMissing(v)) return false;
  if (Array.isArray(list) && list[0] === "list") return list.slice(1).some(e => compared("==", v, value(e)));
  const codes = value(list);
  return Array.isArray(codes) && codes.some(code => same(v, code));
}

function arithmetic(op, a, b) {
  if (typeof a !== "number" || typeof b !== "number") return null;
  return finite(op === "+" ? a + b : op === "-" ? a - b : op === "*" ? a * b : a / b);
}

function lengthOf(v) {
  if (isMissing(v)) return 0;
  return typeof v === "string" ? Array.from(v).length : Array.isArray(v) ? v.length : null;
}

// roundOf rounds half away from zero, to at most nine decimals.
function roundOf(x, digits) {
  if (typeof x !== "number" || !Number.isInteger(digits) || digits < 0 || digits > 9) return null;
  let factor = 1;
  for (let i = 0; i < digits; i++) factor *= 10;
  return finite((x < 0 ? -1 : 1) * Math.floor(Math.abs(x) * factor + 0.5) / factor);
}

function tally(v, conditions) {
  if (isMissing(v) || conditions && v === false) return 0;
  return Array.isArray(v) ? v.length : 1;
}

function aggregate(op, values) {
  const numbers = values.filter(v => typeof v === "number");
  if (!numbers.length) return null;
  if (op === "min") return finite(Math.min(...numbers));
  if (op === "max") return finite(Math.max(...numbers));
  const sum = numbers.reduce((a, b) => a + b, 0);
  return finite(op === "sum" ? sum : sum / numbers.length);
}
