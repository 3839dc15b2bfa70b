"use strict";
(() => {
  // No key is made with fewer rounds than this, whatever the file says: who
  // changed the file must not make a guess cheaper.
  const leastIterations = 600000;
  const form = document.getElementById("form"), said = document.getElementById("said");
  const say = (what) => {
    said.textContent = what ? said.dataset[what] : "";
    said.dataset.tone = what === "wait" ? "" : "bad";
  };
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  let sealed;
  try {
    sealed = JSON.parse(document.getElementById("sealed").textContent);
    if (sealed.format !== 1 || !Number.isInteger(sealed.iterations) || sealed.iterations < leastIterations) throw 0;
  } catch {
    form.hidden = true;
    say("damaged");
    return;
  }
  if (!(globalThis.crypto && crypto.subtle)) {
    form.hidden = true;
    say("insecure");
    return;
  }
  // Only the text that came out of the authenticated bytes becomes a document.
  let authentic = null;
  const only = (text) => {
    if (text !== authentic) throw new TypeError("not what was opened");
    return text;
  };
  const policy = globalThis.trustedTypes ? trustedTypes.createPolicy("manyi-report", { createHTML: only }) : { createHTML: only };

  const open = async (password) => {
    const raw = await crypto.subtle.importKey("raw", new TextEncoder().encode(password.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
    const key = await crypto.subtle.deriveKey(
      { name: "PBKDF2", hash: "SHA-256", salt: bytes(sealed.salt), iterations: sealed.iterations },
      raw, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    const about = new TextEncoder().encode("manyi report " + sealed.format + "\n" + sealed.iterations + "\n" + sealed.build);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(sealed.iv), additionalData: about }, key, bytes(sealed.data));
    return new TextDecoder("utf-8", { fatal: true }).decode(plain);
  };

  const show = (text) => {
    authentic = text;
    const page = new DOMParser().parseFromString(policy.createHTML(text), "text/html");
    authentic = null;
    const sheets = [...page.querySelectorAll("style")].map((style) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style.textContent);
      style.remove();
      return sheet;
    });
    for (const script of page.querySelectorAll("script")) script.remove();
    document.querySelector("style").remove();
    document.adoptedStyleSheets = sheets;
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    document.body.className = page.body.className;
    document.body.replaceChildren(...document.importNode(page.body, true).childNodes);
    scrollTo(0, 0);
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = document.getElementById("password"), button = form.querySelector("button");
    say("wait");
    button.disabled = true;
    try {
      show(await open(field.value.trim()));
    } catch {
      say("wrong");
      button.disabled = false;
      field.select();
    }
  });
})();
