// Sealing: an encrypt-only writer of age v1 (age-encryption.org/v1, C2SP) for X25519 recipients, so that
// the stock age opens what it made. It needs getRandomValues alone and so works on file:// and plain http.
// Arithmetic in BigInt takes no constant time: the key it handles is used once, on the respondent's device.

const glue = (...parts) => Uint8Array.from(parts.flatMap(p => [...p]));
const noise = n => crypto.getRandomValues(new Uint8Array(n));

function base64(bytes) {
  let text = "";
  for (const b of bytes) text += String.fromCharCode(b);
  return btoa(text);
}
const bare64 = bytes => base64(bytes).replace(/=+$/, "");

function hmac(key, text) {
  const pad = new Uint8Array(64), mask = by => pad.map(b => b ^ by);
  pad.set(key.length > 64 ? sha256(key) : key);
  return sha256(glue(mask(0x5c), sha256(glue(mask(0x36), text))));
}

// hkdf (RFC 5869) for keys of 32 bytes: one block.
const hkdf = (secret, salt, info) => hmac(hmac(salt, secret), glue(utf8(info), [1]));

const little = bytes => bytes.reduceRight((sum, b) => sum << 8n | BigInt(b), 0n);
const bytesOf = (v, n) => Uint8Array.from({ length: n }, (_, i) => Number(v >> BigInt(8 * i) & 255n));

// x25519 (RFC 7748): the Montgomery ladder.
function x25519(scalar, point) {
  const p = 2n ** 255n - 19n, k = Uint8Array.from(scalar);
  k[0] &= 248;
  k[31] = k[31] & 127 | 64;
  const e = little(k), x = little(point) % 2n ** 255n, mod = v => ((v % p) + p) % p;
  let a = 1n, b = 0n, c = x, d = 1n;
  for (let i = 254n; i >= 0n; i--) {
    const bit = e >> i & 1n;
    if (bit) [a, b, c, d] = [c, d, a, b];
    const s = a + b, t = a - b, ss = mod(s * s), tt = mod(t * t), r = ss - tt, u = mod((c - d) * s), v = mod((c + d) * t);
    c = mod((u + v) ** 2n);
    d = mod(x * mod((u - v) ** 2n));
    a = mod(ss * tt);
    b = mod(r * (ss + 121665n * r));
    if (bit) [a, b, c, d] = [c, d, a, b];
  }
  let inverse = 1n;
  for (let n = p - 2n, f = b; n; n >>= 1n, f = mod(f * f)) if (n & 1n) inverse = mod(inverse * f);
  const out = bytesOf(mod(a * inverse), 32);
  if (!out.some(Boolean)) throw new Error("a public key is of low order");
  return out;
}

// chacha20 (RFC 8439) gives the block of this number.
function chacha20(key, nonce, number) {
  const start = new Int32Array(16), view = new DataView(glue(key, nonce).buffer);
  start.set(words32("61707865" + "3320646e" + "79622d32" + "6b206574"));
  for (let i = 0; i < 8; i++) start[4 + i] = view.getInt32(4 * i, true);
  start[12] = number;
  for (let i = 0; i < 3; i++) start[13 + i] = view.getInt32(32 + 4 * i, true);
  const x = Int32Array.from(start);
  const mix = (a, b, c, by) => { x[a] += x[b]; const v = x[c] ^ x[a]; x[c] = v << by | v >>> 32 - by; };
  const quarter = (a, b, c, d) => { mix(a, b, d, 16); mix(c, d, b, 12); mix(a, b, d, 8); mix(c, d, b, 7); };
  for (let i = 0; i < 10; i++) {
    for (let j = 0; j < 4; j++) quarter(j, j + 4, j + 8, j + 12);
    for (let j = 0; j < 4; j++) quarter(j, (j + 1) % 4 + 4, (j + 2) % 4 + 8, (j + 3) % 4 + 12);
  }
  const out = new DataView(new ArrayBuffer(64));
  x.forEach((v, i) => out.setInt32(4 * i, v + start[i], true));
  return new Uint8Array(out.buffer);
}

// boxed is the text under ChaCha20-Poly1305 (RFC 8439) without further data, and its tag.
function boxed(key, nonce, text) {
  const out = new Uint8Array(text.length + 16), p = 2n ** 130n - 5n;
  for (let at = 0; at < text.length; at += 64) {
    const block = chacha20(key, nonce, at / 64 + 1);
    for (let i = at; i < Math.min(at + 64, text.length); i++) out[i] = text[i] ^ block[i - at];
  }
  const once = chacha20(key, nonce, 0), r = little(once.slice(0, 16)) & 0x0ffffffc0ffffffc0ffffffc0fffffffn;
  let sum = 0n;
  const take = bytes => { sum = (sum + little(bytes) + (1n << 128n)) * r % p; };
  for (let at = 0; at < text.length; at += 16) {
    const block = new Uint8Array(16);
    block.set(out.slice(at, Math.min(at + 16, text.length)));
    take(block);
  }
  take(glue(bytesOf(0n, 8), bytesOf(BigInt(text.length), 8)));
  out.set(bytesOf(sum + little(once.slice(16, 32)), 16), text.length);
  return out;
}

// age is the file: a header that wraps its key for each recipient, then the text in chunks of 64 KiB.
function age(text, recipients) {
  const key = noise(16), nothing = new Uint8Array(12);
  let header = "age-encryption.org/v1\n";
  for (const to of recipients) {
    const secret = noise(32), share = x25519(secret, [9]);
    const wrap = hkdf(x25519(secret, to), glue(share, to), "age-encryption.org/v1/X25519");
    header += "-> X25519 " + bare64(share) + "\n" + bare64(boxed(wrap, nothing, key)) + "\n";
  }
  header += "---";
  const nonce = noise(16), inner = hkdf(key, nonce, "payload"), parts = [];
  parts.push(utf8(header + " " + bare64(hmac(hkdf(key, [], "header"), utf8(header))) + "\n"), nonce);
  const size = 65536;
  for (let at = 0, n = 0; at === 0 || at < text.length; at += size, n++) {
    const count = new Uint8Array(12);
    new DataView(count.buffer).setUint32(7, n);
    count[11] = at + size >= text.length ? 1 : 0;
    parts.push(boxed(inner, count, text.slice(at, at + size)));
  }
  return glue(...parts);
}

const armor = bytes => "-----BEGIN AGE ENCRYPTED FILE-----\n" + base64(bytes).replace(/.{1,64}/g, "$&\n") + "-----END AGE ENCRYPTED FILE-----\n";

// seal pads a text with blanks to whole KiB, lest its length tell which questions were shown, and seals it.
function seal(text) {
  const bytes = utf8(text), padded = new Uint8Array(Math.ceil((bytes.length + 1) / 1024) * 1024).fill(32);
  padded.set(bytes);
  padded[padded.length - 1] = 10;
  return armor(age(padded, model.seal.map(unhex)));
}
