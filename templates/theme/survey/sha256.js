// SHA-256 (FIPS 180-4), since crypto.subtle is not there on plain http. The constants stand in a
// table: computed ones would hang on how an engine rounds roots.

const utf8 = text => new TextEncoder().encode(text);
const unhex = text => Uint8Array.from(text.match(/../g) || [], b => parseInt(b, 16));
const words32 = text => Int32Array.from(text.match(/.{8}/g), w => parseInt(w, 16));

const rounds = words32("428a2f9871374491b5c0fbcfe9b5dba53956c25b59f111f1923f82a4ab1c5ed5d807aa9812835b01243185be550c7dc372be5d7480deb1fe9bdc06a7c19bf174e49b69c1efbe47860fc19dc6240ca1cc2de92c6f4a7484aa5cb0a9dc76f988da983e5152a831c66db00327c8bf597fc7c6e00bf3d5a7914706ca63511429296727b70a852e1b21384d2c6dfc53380d13650a7354766a0abb81c2c92e92722c85a2bfe8a1a81a664bc24b8b70c76c51a3d192e819d6990624f40e3585106aa07019a4c1161e376c082748774c34b0bcb5391c0cb34ed8aa4a5b9cca4f682e6ff3748f82ee78a5636f84c878148cc7020890befffaa4506cebbef9a3f7c67178f2");
const initial = words32("6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19");

function sha256(bytes) {
  const n = bytes.length, padded = new Uint8Array((n + 72) >> 6 << 6), view = new DataView(padded.buffer);
  padded.set(bytes);
  padded[n] = 128;
  view.setUint32(padded.length - 8, Math.floor(n / 0x20000000));
  view.setUint32(padded.length - 4, n << 3);
  const h = Int32Array.from(initial), w = new Int32Array(64), turn = (x, by) => x >>> by | x << 32 - by;
  for (let at = 0; at < padded.length; at += 64) {
    for (let i = 0; i < 64; i++) {
      if (i < 16) { w[i] = view.getInt32(at + 4 * i); continue; }
      const a = w[i - 15], b = w[i - 2];
      w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ a >>> 3) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ b >>> 10);
    }
    const s = [...h];
    for (let i = 0; i < 64; i++) {
      const [a, b, c, d, e, f, g, k] = s;
      const t = k + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + rounds[i] + w[i] | 0;
      s.pop();
      s[3] = d + t | 0;
      s.unshift(t + (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c) | 0);
    }
    s.forEach((v, i) => { h[i] += v; });
  }
  const out = new DataView(new ArrayBuffer(32));
  h.forEach((v, i) => out.setInt32(4 * i, v));
  return new Uint8Array(out.buffer);
}

// brief is the start of a hash in small base32, by which people compare.
const brief = (text, n) => base32(sha256(utf8(text))).toLowerCase().slice(0, n);

// receiptOf is what a receiver answers that holds exactly this payload under this id.
const receiptOf = (id, payload) => brief(id + "\n" + payload, 20);
