// Builds echarts.min.js, the partial ECharts that a reader's "explore" loads.
// In a copy of this folder: npm install --ignore-scripts && npm rebuild esbuild
// && npm run build, then copy the file back and read THIRD_PARTY.md.
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const charts = ["Bar", "Line", "Scatter", "Radar", "Heatmap", "Graph", "Tree", "Sankey", "Funnel", "Boxplot", "Gauge", "Custom"];
const components = ["Grid", "Tooltip", "Legend", "MarkLine", "MarkArea", "MarkPoint", "Title", "VisualMap", "Dataset", "DataZoom"];
const names = (list, end) => list.map((name) => name + end).join(", ");

const entry = `
export { init, use, getInstanceByDom, registerLocale, registerTheme, version } from "echarts/core";
import { use, registerLocale } from "echarts/core";
import { ${names(charts, "Chart")} } from "echarts/charts";
import { ${names(components, "Component")} } from "echarts/components";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";
import zh from "echarts/lib/i18n/langZH.js";
use([${names(charts, "Chart")}, ${names(components, "Component")}, LabelLayout, SVGRenderer]);
registerLocale("ZH", zh);
`;

const out = "echarts.min.js";
await build({
  stdin: { contents: entry, resolveDir: process.cwd() },
  outfile: out,
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "echarts",
  target: "es2018",
  charset: "utf8",
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "none",
});

const version = JSON.parse(readFileSync("node_modules/echarts/package.json")).version;
const head = `/*! Apache ECharts ${version}, partial build; licences: LICENSE, NOTICE and THIRD_PARTY.md beside this file */\n`;
const text = head + readFileSync(out, "utf8");
writeFileSync(out, text);
console.log(`${out}: ${text.length} characters, ${gzipSync(text, { level: 9 }).length} bytes in gzip`);
