/* Interactive twins of the figures, and their download as SVG and PNG.
   Nothing is loaded before a reader asks for a twin. */
(() => {
  "use strict";
  const root = document.documentElement;
  const charts = new Map(); // figure → chart
  const colourKey = /^(color|borderColor|backgroundColor|areaColor|shadowColor|textBorderColor)$/;
  const styles = ["fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-linejoin",
    "stroke-linecap", "opacity", "paint-order", "font-size", "font-weight", "font-style"];
  const find = (figure, what) => figure.querySelector(what);
  const property = (element, name) => getComputedStyle(element).getPropertyValue(name).trim();

  // The functions an option may name, at the key renderItem only: intervals.
  const line = (a, b, style) => ({ type: "line", shape: { x1: a[0], y1: a[1], x2: b[0], y2: b[1] }, style });
  const functions = {
    "@fn:whisker": (params, api) => {
      const flat = params.encode.x.length === 2;
      const [a, b] = flat
        ? [0, 1].map((i) => api.coord([api.value(i), api.value(2)]))
        : [1, 2].map((i) => api.coord([api.value(0), api.value(i)]));
      const style = { stroke: api.visual("color"), lineWidth: 1.6 };
      const cap = ([x, y]) => (flat ? line([x, y - 4], [x, y + 4], style) : line([x - 4, y], [x + 4, y], style));
      return { type: "group", children: [line(a, b, style), cap(a), cap(b)] };
    },
    "@fn:band": (params, api) => {
      const points = [[0, 2], [3, 5], [3, 4], [0, 1]].map(([x, y]) => api.coord([api.value(x), api.value(y)]));
      return { type: "polygon", shape: { points }, style: { fill: api.visual("color"), opacity: 0.14 } };
    },
  };

  // resolve replaces names of theme colours and functions, in place.
  function resolve(node, figure, colour) {
    for (const key of Object.keys(node)) {
      const value = node[key];
      const at = Array.isArray(node) ? colour : colourKey.test(key);
      if (value && typeof value === "object") resolve(value, figure, at);
      else if (typeof value !== "string") continue;
      else if (at && /^@token:[a-z0-9]+$/.test(value)) node[key] = property(figure, "--" + value.slice(7)) || "#888";
      else if (key === "renderItem") {
        if (!Object.hasOwn(functions, value)) throw new Error("unknown function " + value);
        node[key] = functions[value];
      }
    }
    return node;
  }

  // address lets only a script of this site through.
  function address(url) {
    const at = new URL(url, document.baseURI);
    if (at.protocol !== location.protocol || at.host !== location.host) throw new Error("foreign script " + url);
    return at.href;
  }
  let loading = null;
  function load() {
    loading ??= new Promise((done, fail) => {
      const policy = window.trustedTypes?.createPolicy("manyi-explore", { createScriptURL: address });
      const script = document.createElement("script");
      script.src = policy ? policy.createScriptURL(root.dataset.echarts) : address(root.dataset.echarts);
      script.onload = done;
      script.onerror = () => { loading = null; script.remove(); fail(new Error("echarts did not load")); };
      document.head.append(script);
    });
    return loading;
  }

  // draw starts the twin, or draws it anew in the present colours. A chart is
  // kept for good: to dispose of it ECharts writes markup, which the page forbids.
  function draw(figure) {
    const box = find(figure, ".live");
    const { height, ...option } = resolve(JSON.parse(find(figure, ".twin").textContent), figure, false);
    box.style.height = height + "px";
    if (!charts.has(figure)) {
      const chart = echarts.init(box, null, { renderer: "svg", locale: root.lang.startsWith("zh") ? "ZH" : "EN" });
      charts.set(figure, chart);
      new ResizeObserver(() => box.clientWidth && chart.resize()).observe(box);
    }
    option.textStyle = { fontFamily: property(figure, "font-family") };
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) option.animation = false;
    charts.get(figure).setOption(option, true);
  }
  function show(figure, on) {
    const button = find(figure, ".explore");
    find(figure, ".live").hidden = !on;
    find(figure, ".drawing").hidden = on;
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? button.dataset.close : button.dataset.open;
  }
  const open = (figure) => !find(figure, ".live").hidden;
  async function toggle(figure) {
    if (open(figure)) return show(figure, false);
    const box = find(figure, ".live");
    try {
      await load();
      box.setAttribute("role", "img");
      box.setAttribute("aria-label", find(figure, "figcaption strong").textContent);
      show(figure, true);
      draw(figure);
    } catch (error) {
      show(figure, false);
      console.error(error);
    }
  }
  const redraw = () => [...charts.keys()].filter(open).forEach(draw);

  // picture returns the visible drawing as a document of its own: the classes'
  // styles as attributes, paper below, the title on top.
  function picture(figure) {
    const shown = find(figure, ".drawing");
    const hidden = shown.hidden;
    shown.hidden = false; // a hidden drawing has no width to choose by
    const source = [...shown.querySelectorAll("svg")].find((svg) => svg.clientWidth > 0);
    const svg = source.cloneNode(true);
    const copies = svg.querySelectorAll("*");
    source.querySelectorAll("*").forEach((from, i) => {
      const computed = getComputedStyle(from);
      for (const name of styles) copies[i].setAttribute(name, computed.getPropertyValue(name));
      copies[i].removeAttribute("class");
    });
    const font = property(figure, "font-family");
    const { width, height } = source.viewBox.baseVal;
    const lines = titleLines(find(figure, "figcaption strong").textContent, width, font);
    const top = lines.length * 26 + 22;
    const make = (name, attributes, text) => {
      const element = document.createElementNS(svg.namespaceURI, name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      if (text) element.textContent = text;
      return element;
    };
    const box = { x: -16, y: -top, width: width + 32, height: height + top + 16 };
    const paper = make("rect", { ...box, fill: property(figure, "--paper") || "#fff" });
    const heads = lines.map((text, i) => make("text", { x: 0, y: 30 - top + i * 26, fill: property(figure, "--ink"), "font-size": 19, "font-weight": 600 }, text));
    svg.querySelector("desc").after(paper, ...heads);
    svg.setAttribute("viewBox", Object.values(box).join(" "));
    svg.setAttribute("width", box.width);
    svg.setAttribute("height", box.height);
    svg.setAttribute("font-family", font);
    shown.hidden = hidden;
    return { text: new XMLSerializer().serializeToString(svg), width: box.width, height: box.height };
  }
  function titleLines(title, width, font) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = "600 19px " + font;
    const lines = [""];
    for (const word of title.match(/[\u2e80-\uffff]|[^\u2e80-\uffff\s]+\s*|\s+/g) ?? []) {
      if (lines.at(-1) && pen.measureText(lines.at(-1) + word.trimEnd()).width > width) lines.push("");
      lines[lines.length - 1] += word;
    }
    return lines;
  }
  function save(figure, blob, extension) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = figure.id.replace(/^fig-/, "") + extension;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
  function saveSVG(figure) {
    save(figure, new Blob([picture(figure).text], { type: "image/svg+xml" }), ".svg");
  }
  async function savePNG(figure) {
    const { text, width, height } = picture(figure);
    const image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = width * 2;
    canvas.height = height * 2;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(figure, blob, ".png"), "image/png");
  }

  for (const figure of document.querySelectorAll("figure.figure")) {
    for (const [what, act] of [[".explore", toggle], [".save-svg", saveSVG], [".save-png", savePNG]]) {
      const button = find(figure, what);
      if (!button) continue;
      if (what === ".explore" && !(root.dataset.echarts && find(figure, ".twin"))) {
        button.hidden = true;
        continue;
      }
      if (what === ".explore") button.setAttribute("aria-pressed", "false");
      button.addEventListener("click", () => act(figure));
    }
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  new MutationObserver(redraw).observe(root, { attributeFilter: ["data-theme"] });
  addEventListener("beforeprint", () => [...charts.keys()].filter(open).forEach((figure) => show(figure, false)));
})();
