// QR code (ISO/IEC 18004) of a response code: alphanumeric mode, level L, versions 1 to 22.

const characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
// By version, level L: codewords for correction of a block, number of blocks.
const correction = [0, 7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28];
const blocks = [0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9];

// modules is how many modules of a symbol hold data and correction.
function modules(version) {
  let n = (16 * version + 128) * version + 64;
  if (version > 1) {
    const aligned = Math.floor(version / 7) + 2;
    n -= (25 * aligned - 10) * aligned - 55;
    if (version > 6) n -= 36;
  }
  return n;
}

const dataBytes = version => Math.floor(modules(version) / 8) - correction[version] * blocks[version];

// encode is the bits of a text as codewords of the smallest version that holds it.
function encode(text) {
  let version = 1;
  const size = v => 4 + (v < 10 ? 9 : 11) + Math.floor(text.length / 2) * 11 + text.length % 2 * 6;
  while (size(version) > dataBytes(version) * 8) version++;
  const bits = [];
  const put = (value, n) => { for (let i = n - 1; i >= 0; i--) bits.push(value >>> i & 1); };
  put(2, 4);
  put(text.length, version < 10 ? 9 : 11);
  for (let i = 0; i < text.length; i += 2) {
    const a = characters.indexOf(text[i]);
    if (i + 1 < text.length) put(a * 45 + characters.indexOf(text[i + 1]), 11); else put(a, 6);
  }
  const capacity = dataBytes(version) * 8;
  put(0, Math.min(4, capacity - bits.length));
  while (bits.length % 8) bits.push(0);
  for (let pad = 0xec; bits.length < capacity; pad ^= 0xfd) put(pad, 8);
  const bytes = [];
  for (let i = 0; i < bits.length; i += 8) bytes.push(parseInt(bits.slice(i, i + 8).join(""), 2));
  return { version, bytes };
}

// times multiplies in the field of 256 elements with the polynomial x^8 + x^4 + x^3 + x^2 + 1.
function times(x, y) {
  let z = 0;
  for (let i = 7; i >= 0; i--) z = z << 1 ^ (z >>> 7) * 0x11d ^ (y >>> i & 1) * x;
  return z;
}

function generator(degree) {
  const out = new Array(degree).fill(0);
  out[degree - 1] = 1;
  for (let i = 0, root = 1; i < degree; i++, root = times(root, 2)) {
    for (let j = 0; j < degree; j++) out[j] = times(out[j], root) ^ (out[j + 1] || 0);
  }
  return out;
}

function remainder(data, divisor) {
  const out = divisor.map(() => 0);
  for (const b of data) {
    const factor = b ^ out.shift();
    out.push(0);
    divisor.forEach((d, i) => { out[i] ^= times(d, factor); });
  }
  return out;
}

// interleave cuts data into blocks, adds correction to each and mixes them.
function interleave({ version, bytes }) {
  const count = blocks[version], degree = correction[version], total = Math.floor(modules(version) / 8);
  const short = count - total % count, length = Math.floor(total / count) - degree, divisor = generator(degree);
  const data = [], check = [];
  for (let i = 0, at = 0; i < count; i++) {
    const part = bytes.slice(at, at += length + (i < short ? 0 : 1));
    data.push(part);
    check.push(remainder(part, divisor));
  }
  const out = [];
  for (let i = 0; i <= length; i++) data.forEach(d => { if (i < d.length) out.push(d[i]); });
  for (let i = 0; i < degree; i++) check.forEach(c => out.push(c[i]));
  return out;
}

// frame draws what every symbol of a version has; set marks what is no data.
function frame(version) {
  const n = version * 4 + 17, dark = Array.from({ length: n }, () => new Array(n).fill(false)), set = dark.map(r => r.slice());
  const put = (x, y, on) => { if (x >= 0 && y >= 0 && x < n && y < n) { dark[y][x] = on; set[y][x] = true; } };
  for (let i = 0; i < n; i++) { put(6, i, i % 2 === 0); put(i, 6, i % 2 === 0); }
  for (const [cx, cy] of [[3, 3], [n - 4, 3], [3, n - 4]]) {
    for (let dy = -4; dy <= 4; dy++) for (let dx = -4; dx <= 4; dx++) {
      const d = Math.max(Math.abs(dx), Math.abs(dy));
      put(cx + dx, cy + dy, d !== 2 && d !== 4);
    }
  }
  const centres = alignment(version, n), end = centres.length - 1;
  centres.forEach((cy, i) => centres.forEach((cx, j) => {
    if (i === 0 && j === 0 || i === 0 && j === end || i === end && j === 0) return;
    for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) put(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
  }));
  if (version > 6) number18(version, (bit, a, b) => { put(a, b, bit); put(b, a, bit); }, n);
  return { n, dark, set, put };
}

function alignment(version, n) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2, step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  const out = [6];
  for (let at = n - 7; out.length < count; at -= step) out.splice(1, 0, at);
  return out;
}

// number18 writes the version with its 12 bits of correction.
function number18(version, put, n) {
  let rest = version;
  for (let i = 0; i < 12; i++) rest = rest << 1 ^ (rest >>> 11) * 0x1f25;
  const bits = version << 12 | rest;
  for (let i = 0; i < 18; i++) put((bits >>> i & 1) === 1, n - 11 + i % 3, Math.floor(i / 3));
}

// form15 writes level L and the mask with 10 bits of correction.
function form15({ n, put }, mask) {
  const data = 1 << 3 | mask;
  let rest = data;
  for (let i = 0; i < 10; i++) rest = rest << 1 ^ (rest >>> 9) * 0x537;
  const bits = (data << 10 | rest) ^ 0x5412, bit = i => (bits >>> i & 1) === 1;
  for (let i = 0; i <= 5; i++) put(8, i, bit(i));
  put(8, 7, bit(6)); put(8, 8, bit(7)); put(7, 8, bit(8));
  for (let i = 9; i < 15; i++) put(14 - i, 8, bit(i));
  for (let i = 0; i < 8; i++) put(n - 1 - i, 8, bit(i));
  for (let i = 8; i < 15; i++) put(8, n - 15 + i, bit(i));
  put(8, n - 8, true);
}

const masks = [
  (x, y) => (x + y) % 2, (x, y) => y % 2, x => x % 3, (x, y) => (x + y) % 3, (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => x * y % 2 + x * y % 3, (x, y) => (x * y % 2 + x * y % 3) % 2, (x, y) => ((x + y) % 2 + x * y % 3) % 2,
];

// symbol is the rows of a QR code: the text under the mask with the least penalty.
function symbol(text) {
  const coded = encode(text), words = interleave(coded);
  let best = null, least = Infinity;
  masks.forEach((masked, mask) => {
    const f = frame(coded.version);
    form15(f, mask);
    lay(f, words, masked);
    const p = penalty(f.dark);
    if (p < least) [best, least] = [f.dark, p];
  });
  return best;
}

// lay fills the data in from the lower right, in columns of two, up and down.
function lay({ n, dark, set }, words, masked) {
  let i = 0;
  for (let right = n - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let k = 0; k < n; k++) for (let j = 0; j < 2; j++) {
      const x = right - j, y = (right + 1 & 2) === 0 ? n - 1 - k : k;
      if (set[y][x]) continue;
      const bit = i < words.length * 8 && (words[i >>> 3] >>> 7 - (i & 7) & 1) === 1;
      dark[y][x] = bit !== (masked(x, y) === 0);
      i++;
    }
  }
}

// penalty is the sum of the four rules that make a symbol hard to read.
function penalty(dark) {
  const n = dark.length, lines = dark.map(r => r.map(Number).join("")).concat(dark.map((_, x) => dark.map(r => Number(r[x])).join("")));
  let sum = 0, black = 0;
  for (const line of lines) {
    for (const stretch of line.match(/0{5,}|1{5,}/g) || []) sum += stretch.length - 2;
    for (const look of ["10111010000", "00001011101"]) for (let at = line.indexOf(look); at >= 0; at = line.indexOf(look, at + 1)) sum += 40;
  }
  for (let y = 0; y < n; y++) for (let x = 0; x < n; x++) {
    if (dark[y][x]) black++;
    if (y && x && dark[y][x] === dark[y - 1][x] && dark[y][x] === dark[y][x - 1] && dark[y][x] === dark[y - 1][x - 1]) sum += 3;
  }
  return sum + 10 * Math.floor(Math.abs(20 * black / (n * n) - 10));
}

// picture is the symbol as a drawing, four modules of white around it.
function picture(text) {
  const dark = symbol(text), n = dark.length + 8, space = "http://www.w3.org/2000/svg";
  const path = document.createElementNS(space, "path"), svg = document.createElementNS(space, "svg");
  path.setAttribute("d", dark.map((row, y) => row.map((on, x) => on ? `M${x + 4} ${y + 4}h1v1h-1z` : "").join("")).join(""));
  svg.setAttribute("viewBox", `0 0 ${n} ${n}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("class", "qr");
  svg.append(path);
  const name = () => svg.setAttribute("aria-label", word("code.picture"));
  name();
  hooks.language.push(name);
  return make("figure", null, svg, make("figcaption", { class: "hint" }, say("code.scan")));
}
