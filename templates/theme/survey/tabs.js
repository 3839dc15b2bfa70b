// Tabs: those of one browser tell each other which attempt they hold, so that none offers another's draft.

const held = new Set(); // ids of attempts that other tabs hold
let line = null;
try { line = new BroadcastChannel("manyi " + model.survey); } catch { /* an old browser: drafts part when they are saved */ }
const others = make("p", { class: "hint others", role: "status", hidden: true }, say("tabs.other"));
const tellTabs = kind => { if (line) line.postMessage({ kind, id: state.id }); };

if (line) {
  line.onmessage = ({ data }) => {
    if (data.kind === "who") { if (state.id) tellTabs("mine"); return; }
    if (data.kind === "gone") held.delete(data.id);
    if (data.kind === "mine" && data.id) held.add(data.id);
    if (data.kind === "outbox") run("outbox");
    others.hidden = !held.size || model.kiosk;
  };
  addEventListener("pagehide", () => tellTabs("gone"));
}

// askTabs waits a moment for the answers of other tabs.
function askTabs() {
  tellTabs("who");
  return new Promise(done => { setTimeout(done, line ? 120 : 0); });
}

hooks.start.push(() => tellTabs("mine"));
