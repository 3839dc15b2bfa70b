// Receiver of a manyi survey for Alibaba Cloud Function Compute (OSS) and Tencent Cloud SCF (COS), Node.js 18 or later.
// Set the environment: STORE=oss with BUCKET, REGION, or STORE=cos with BUCKET, REGION; keys come from the role of the function
// or from KEY_ID and KEY_SECRET. Install ali-oss or cos-nodejs-sdk-v5. Bring the objects home with ossutil or coscli, then run manyi inbox.
// It stores no address, no browser and no referrer.
const crypto = require("node:crypto");

const MOST = 262144;
const ID = /^[a-z2-7]{26}$/, SURVEY = /^[a-z][a-z0-9_]{0,63}$/;

function receipt(id, payload) {
  let out = "", value = 0, bits = 0;
  for (const b of crypto.createHash("sha256").update(id + "\n" + payload).digest()) {
    value = (value << 8) | b;
    for (bits += 8; bits >= 5; bits -= 5) out += "abcdefghijklmnopqrstuvwxyz234567"[(value >> (bits - 5)) & 31];
    value &= (1 << bits) - 1;
  }
  return out.slice(0, 20);
}

// put writes an object that is not there; false where one is. get reads it.
function store(context) {
  const { STORE, BUCKET, REGION, KEY_ID, KEY_SECRET } = process.env;
  if (STORE === "cos") {
    const COS = require("cos-nodejs-sdk-v5");
    const cos = new COS({ SecretId: KEY_ID || process.env.TENCENTCLOUD_SECRETID, SecretKey: KEY_SECRET || process.env.TENCENTCLOUD_SECRETKEY, SecurityToken: KEY_ID ? undefined : process.env.TENCENTCLOUD_SESSIONTOKEN });
    const at = (Key) => ({ Bucket: BUCKET, Region: REGION, Key });
    return {
      put: (key, body) => cos.putObject({ ...at(key), Body: body, Headers: { "x-cos-forbid-overwrite": "true" } }).then(() => true, (e) => { if (e.statusCode === 409) return false; throw e; }),
      get: (key) => cos.getObject(at(key)).then((r) => r.Body.toString()),
    };
  }
  const OSS = require("ali-oss"), own = (context && context.credentials) || {};
  const oss = new OSS({ bucket: BUCKET, region: REGION, accessKeyId: KEY_ID || own.accessKeyId, accessKeySecret: KEY_SECRET || own.accessKeySecret, stsToken: KEY_ID ? undefined : own.securityToken });
  return {
    put: (key, body) => oss.put(key, Buffer.from(body), { headers: { "x-oss-forbid-overwrite": "true" } }).then(() => true, (e) => { if (e.code === "FileAlreadyExists") return false; throw e; }),
    get: (key) => oss.get(key).then((r) => r.content.toString()),
  };
}

async function receive(method, kind, text, where) {
  if (method === "OPTIONS") return reply(204, null);
  if (method !== "POST") return reply(405, { error: "POST" });
  if (Buffer.byteLength(text) > MOST) return reply(413, { error: "too large" });
  if (kind.startsWith("application/x-www-form-urlencoded")) {
    const fields = new URLSearchParams(text), survey = fields.get("_survey") || fields.get("survey") || "";
    if (!SURVEY.test(survey)) return reply(400, { error: "no form of a survey" });
    fields.set("created_at", new Date(Math.floor(Date.now() / 60000) * 60000).toISOString().slice(0, 19) + "Z");
    await where.put(survey + "/form-" + crypto.randomBytes(16).toString("hex") + ".txt", fields.toString());
    return { statusCode: 303, headers: { Location: process.env.THANKS || "/" }, body: "" };
  }
  let e;
  try { e = JSON.parse(text); } catch { return reply(400, { error: "not a JSON object" }); }
  if (!e || !SURVEY.test(e.survey) || !ID.test(e.id) || typeof e.payload !== "string" || !e.payload) return reply(400, { error: "no envelope" });
  const line = JSON.stringify({ survey: e.survey, version: e.version, build: e.build, id: e.id, payload: e.payload, sealed: !!e.sealed, token: e.token, hp: e.hp || "" }) + "\n";
  const name = e.survey + "/" + e.id + ".json", sum = receipt(e.id, e.payload);
  if (await where.put(name, line)) return reply(200, { receipt: sum, dup: false });
  if (JSON.parse(await where.get(name)).payload === e.payload) return reply(200, { receipt: sum, dup: true });
  await where.put(e.survey + "/conflict-" + e.id + "-" + sum + ".json", line);
  return reply(409, { error: "conflict" });
}

function reply(statusCode, body) {
  return { statusCode, headers: { "Content-Type": "application/json", "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "Content-Type, Accept", "Access-Control-Expose-Headers": "Retry-After", "Cache-Control": "no-store" }, body: body ? JSON.stringify(body) : "" };
}

// handler is of both clouds: an HTTP event of Function Compute comes as bytes, one of SCF as an object.
exports.handler = async (event, context) => {
  const r = Buffer.isBuffer(event) || typeof event === "string" ? JSON.parse(event.toString()) : event;
  const method = (r.requestContext && r.requestContext.http && r.requestContext.http.method) || r.httpMethod || "POST";
  const headers = Object.fromEntries(Object.entries(r.headers || {}).map(([k, v]) => [k.toLowerCase(), v]));
  const text = r.isBase64Encoded ? Buffer.from(r.body || "", "base64").toString() : r.body || "";
  try {
    return await receive(method, headers["content-type"] || "", text, exports.store || store(context));
  } catch {
    return { ...reply(503, { error: "not kept: try again" }), headers: { ...reply(503).headers, "Retry-After": "5" } };
  }
};
