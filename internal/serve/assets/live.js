// Added by "manyi serve" to the pages it sends, never to files. Reloads the page
// after a build and lays the faults of a failed one over it.
(() => {
  "use strict";
  const build = document.currentScript.dataset.build;
  const quiet = document.querySelector("main[data-faults]") || self !== top; // the faults are on the screen already
  let source, overlay;

  const element = (name, text, kind) => {
    const e = document.createElement(name);
    if (text) e.textContent = text;
    if (kind) e.className = kind;
    return e;
  };

  const one = fault => {
    const item = element("li", "", fault.severity);
    item.append(element("p", (fault.place ? fault.place + ": " : "") + fault.severity + ": " + fault.summary, "summary"));
    if (fault.line && fault.before + fault.at + fault.after) {
      const source = element("pre");
      source.append(fault.line + " | " + fault.before, element("mark", fault.at), fault.after);
      item.append(source);
    }
    if (fault.cure) item.append(element("p", fault.cure, "cure"));
    if (fault.rule) item.append(element("p", "↳ " + fault.rule, "rule"));
    return item;
  };

  const hide = () => { if (overlay) overlay.remove(); overlay = null; };

  const show = async () => {
    const [faults, css] = await Promise.all([
      fetch("/_manyi/faults.json").then(r => r.json()),
      fetch("/_manyi/preview.css").then(r => r.text()),
    ]);
    hide();
    if (!faults.length) return;
    overlay = element("div");
    overlay.id = "manyi-faults";
    const inside = overlay.attachShadow({mode: "open"});
    const sheet = new CSSStyleSheet(); // a constructed sheet needs no leave of the page's policy
    sheet.replaceSync(css);
    inside.adoptedStyleSheets = [sheet];
    const box = element("section", "", "overlay");
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-modal", "true");
    const zh = navigator.language.startsWith("zh");
    const heading = element("h2", zh ? "构建失败" : "The build failed");
    box.setAttribute("aria-label", heading.textContent);
    const close = element("button", zh ? "查看最近一次成功的页面" : "Show the last good page");
    close.addEventListener("click", hide);
    box.addEventListener("keydown", e => { if (e.key === "Escape") hide(); });
    const list = element("ol", "", "faults");
    list.append(...faults.map(one));
    box.append(heading, close, list);
    inside.append(box);
    document.documentElement.append(overlay);
    close.focus();
  };

  const listen = () => {
    source = new EventSource("/_manyi/events");
    source.onmessage = e => {
      const now = JSON.parse(e.data);
      if (now.faults && !quiet) {
        show();
      } else if (now.build !== build) {
        source.close();
        location.reload();
      }
    };
  };

  // A hidden page lets go of its connection: a browser has only six for one address.
  const look = () => {
    if (document.hidden) {
      if (source) source.close();
      source = null;
    } else if (!source) {
      listen();
    }
  };
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", () => { if (source) source.close(); source = null; });
  addEventListener("pageshow", look);
  look();
})();
