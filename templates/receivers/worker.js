// Receiver of a manyi survey for Cloudflare Workers. Answers go to an R2 bucket, one object each:
//   wrangler r2 bucket create answers
//   wrangler.toml: name = "answers", main = "worker.js", [[r2_buckets]] binding = "ANSWERS" bucket_name = "answers"
// Bring them home with `rclone copy r2:answers inbox-files`, then `manyi inbox inbox-files/SURVEY/*.json`.
// It stores no address, no browser and no referrer.
const MOST = 262144; // bytes of a submission
const ID = /^[a-z2-7]{26}$/, SURVEY = /^[a-z][a-z0-9_]{0,63}$/;

export default {
  async fetch(request, env) {
    if (request.method === "OPTIONS") return reply(204, null);
    if (request.method !== "POST") return reply(405, { error: "POST" });
    const text = await request.text();
    if (new TextEncoder().encode(text).length > MOST) return reply(413, { error: "too large" });
    const kind = (request.headers.get("Content-Type") || "").split(";")[0];
    if (kind === "application/x-www-form-urlencoded") return form(text, env);
    let e;
    try { e = JSON.parse(text); } catch { return reply(400, { error: "not a JSON object" }); }
    if (!e || !SURVEY.test(e.survey) || !ID.test(e.id) || typeof e.payload !== "string" || !e.payload) return reply(400, { error: "no envelope" });
    return keep(env, e.survey, e.id, e.payload, JSON.stringify({ survey: e.survey, version: e.version, build: e.build, id: e.id, payload: e.payload, sealed: !!e.sealed, token: e.token, hp: e.hp || "" }));
  },
};

// form takes a page without script: the fields as they came, under a random id.
async function form(text, env) {
  const fields = new URLSearchParams(text), survey = fields.get("_survey") || fields.get("survey") || "";
  if (!SURVEY.test(survey)) return reply(400, { error: "no form of a survey" });
  fields.set("created_at", new Date(Math.floor(Date.now() / 60000) * 60000).toISOString().slice(0, 19) + "Z");
  const id = "form-" + [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
  await env.ANSWERS.put(survey + "/" + id + ".txt", fields.toString());
  return new Response(null, { status: 303, headers: { Location: env.THANKS || "/" } });
}

// keep writes once: R2 refuses the second object of a name, and the answer says whether it is the same.
async function keep(env, survey, id, payload, line) {
  const name = survey + "/" + id + ".json", sum = await digest(id + "\n" + payload);
  const made = await env.ANSWERS.put(name, line + "\n", { onlyIf: new Headers({ "If-None-Match": "*" }) });
  if (made) return reply(200, { receipt: sum, dup: false });
  const old = await env.ANSWERS.get(name);
  if (old && JSON.parse(await old.text()).payload === payload) return reply(200, { receipt: sum, dup: true });
  await env.ANSWERS.put(survey + "/conflict-" + id + "-" + sum + ".json", line + "\n");
  return reply(409, { error: "conflict" });
}

async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  let out = "", value = 0, bits = 0;
  for (const b of bytes) {
    value = (value << 8) | b;
    for (bits += 8; bits >= 5; bits -= 5) out += "abcdefghijklmnopqrstuvwxyz234567"[(value >> (bits - 5)) & 31];
    value &= (1 << bits) - 1;
  }
  return out.slice(0, 20);
}

function reply(status, body) {
  return new Response(body && JSON.stringify(body), { status, headers: { "Content-Type": "application/json", "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "Content-Type, Accept", "Access-Control-Expose-Headers": "Retry-After", "Cache-Control": "no-store", "Retry-After": "5" } });
}
