// Canary: ?canary makes a sealed file that shows whether the keys open what this page seals.

function canary() {
  const text = "canary of manyi\n" + model.survey + "\n" + model.seal.join("\n");
  notice("canary.title", null, make("p", null, say("canary.how")),
    make("p", null, make("button", { type: "button", click: () => download(model.survey + "-canary.age", seal(text), "text/plain;charset=utf-8") }, say("canary.save"))));
}
