// Response code: the record as text that can be sent by any message. M1. and base32 of the raw-deflated
// JSON and its CRC-32.

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function base32(bytes) {
  let out = "", bits = 0, value = 0;
  for (const b of bytes) {
    value = value << 8 | b;
    for (bits += 8; bits >= 5; bits -= 5) out += alphabet[value >>> bits - 5 & 31];
    value &= (1 << bits) - 1;
  }
  return bits ? out + alphabet[value << 5 - bits & 31] : out;
}

function crc32(bytes) {
  let crc = -1;
  for (const b of bytes) {
    crc ^= b;
    for (let i = 0; i < 8; i++) crc = crc >>> 1 ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

async function deflate(bytes) {
  try {
    const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(packed).arrayBuffer());
  } catch {
    return stored(bytes);
  }
}

// stored is a deflate stream that packs nothing, for browsers without CompressionStream.
function stored(bytes) {
  const out = [];
  for (let at = 0; at === 0 || at < bytes.length; at += 65535) {
    const part = bytes.subarray(at, at + 65535), n = part.length;
    out.push(at + n >= bytes.length ? 1 : 0, n & 255, n >> 8, ~n & 255, ~n >> 8 & 255, ...part);
  }
  return Uint8Array.from(out);
}

// canonical is JSON with its keys in order, so that one response has one code.
const canonical = record => JSON.stringify(Object.fromEntries(Object.entries(record).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0)));

async function codeOf(text) {
  const bytes = new TextEncoder().encode(text), crc = crc32(bytes);
  const packed = await deflate(bytes);
  return "M1." + base32([...packed, crc >>> 24, crc >>> 16 & 255, crc >>> 8 & 255, crc & 255]);
}

const grouped = code => code.slice(3).match(/.{1,5}/g).join(" ");

// copy puts a text on the clipboard; where that is denied it selects the text, to be copied by hand.
async function copy(text, field) {
  try {
    await navigator.clipboard.writeText(text);
    announce("code.copied");
    return true;
  } catch {
    field.focus();
    field.select();
    const ok = document.execCommand && document.execCommand("copy");
    announce(ok ? "code.copied" : "code.select");
    return ok;
  }
}

// download offers a file made here.
function download(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const a = make("a", { href: url, download: name });
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

const mostInPicture = 1200; // characters a phone still reads from a screen

// textOf is a payload as people pass it on: sealed as it is, else as a code.
const textOf = async item => item.sealed ? item.payload : codeOf(item.payload);

// codeBox shows a payload: copy first, then file and picture.
async function codeBox(title, item) {
  const code = await textOf(item), pretty = item.sealed ? code : "M1. " + grouped(code);
  const name = model.survey + "-" + item.id.slice(0, 8) + (item.sealed ? ".jsonl.age" : ".txt");
  const field = make("textarea", { class: "code", readonly: true, rows: "5", spellcheck: "false", id: "code" });
  field.value = pretty;
  const note = make("span", { class: "done" });
  const copied = async () => { field.value = code; const ok = await copy(code, field); if (ok) field.value = pretty; note.replaceChildren(say(ok ? "code.copied" : "code.select")); };
  const box = make("div", { class: "codebox" }, make("label", { for: "code" }, say(item.sealed ? "code.sealed" : title)), field,
    make("div", { class: "tools" }, make("button", { type: "button", click: copied }, say("code.copy")),
      make("button", { type: "button", class: "second", click: () => download(name, item.sealed ? code : code + "\n", "text/plain;charset=utf-8") }, say("code.file")), note));
  if (typeof picture === "function" && !item.sealed && code.length <= mostInPicture) box.append(picture(code));
  return box;
}
