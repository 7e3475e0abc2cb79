// Writes the parts of npm packages that pages use to static/vendor, with a manifest of versions and hashes.
// `--check` writes nothing and fails when what is there differs.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { PurgeCSS } from "purgecss";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const APP = join(ROOT, "src/outlisten/app");
const TARGET = join(APP, "web/static/vendor");
const MODULES = join(ROOT, "node_modules");

// Families of Tabler's classes that any template may use without vendoring again.
const KEPT = [
  /^(row|col|col-\d+|col-(sm|md|lg|xl)(-\d+|-auto)?|col-auto|g-\d|gx-\d|gy-\d|container(-fluid|-xl)?)$/,
  /^d-(none|block|inline|inline-block|flex|inline-flex|grid)$/, /^d-(sm|md|lg|print)-(none|block|flex)$/,
  /^(flex|justify-content|align-items|align-self|order)-[a-z-]+$/, /^(gap|m[tbsexy]?|p[tbsexy]?)-([0-4]|auto)$/,
  /^(btn|btn-(primary|ghost|outline|link|sm|icon|list|danger|close|group)(-primary|-secondary|-danger)?)$/,
  /^(form|input|was|is|valid|invalid)-[a-z-]+$/, /^(card|table|badge|alert|nav|list|progress|placeholder|pagination)(-[a-z]+)*$/,
  /^text-(secondary|muted|start|end|center|nowrap|truncate|break|danger|warning|success|uppercase|reset|body)$/,
  /^(w|h)-(25|50|75|100|auto)$/, /^(fw|fs|h)-?\w+$/, /^(visually-hidden|overflow|position|border|rounded|sticky)(-[a-z0-9-]+)?$/,
  /^(active|disabled|show|collapsed|collapse|fade)$/, /^(empty|avatar|status|datagrid|breadcrumb|steps?|timeline|kbd)(-[a-z]+)*$/,
];
const DROPPED = /^(text|bg|btn|badge|alert|border|list-group-item|table|card|progress|status|steps|avatar|link)-(.*-)?(blue|azure|indigo|purple|pink|red|orange|yellow|lime|green|teal|cyan|gray|black|white|facebook|twitter|x|linkedin|google|youtube|vimeo|dribbble|github|instagram|pinterest|vk|rss|flickr|bitbucket|tabler|apple|amazon|meta|mastercard|visa|paypal|dark|light)(-.*)?$/;
const LICENCES = {
  "tabler.css": ["@tabler/core"], "icons.svg": ["@tabler/icons"], "htmx.js": ["htmx.org"], "idiomorph.js": ["idiomorph"],
};

const read = (path) => readFileSync(join(MODULES, path));
const packageOf = (name) => JSON.parse(read(join(name, "package.json")));
const sha256 = (data) => createHash("sha256").update(data).digest("hex");

function filesUnder(folder, ends) {
  return readdirSync(folder, { recursive: true }).map((name) => join(folder, name))
    .filter((path) => ends.some((end) => path.endsWith(end)) && !path.startsWith(TARGET) && statSync(path).isFile()).sort();
}

async function tabler() {
  const content = filesUnder(APP, [".html", ".py", ".js"]);
  const [purged] = await new PurgeCSS().purge({
    content, css: [{ raw: read("@tabler/core/dist/css/tabler.min.css").toString().replace(/@charset[^;]*;|\/\*# sourceMappingURL.*?\*\//g, "") }],
    safelist: { standard: KEPT }, blocklist: [DROPPED], variables: false, keyframes: true, fontFace: true,
  });
  // In a layer of its own, so that our rules win without a fight over specificity.
  const layered = await build({ stdin: { contents: `@layer tabler {\n${purged.css}\n}`, loader: "css" }, minify: true, write: false });
  return layered.outputFiles[0].text;
}

async function charts() {
  const made = await build({
    entryPoints: [join(ROOT, "frontend/charts.js")], bundle: true, minify: true, write: false, metafile: true,
    format: "iife", globalName: "outlistenVega", target: "es2022", legalComments: "none", charset: "utf8",
  });
  const inputs = Object.keys(made.metafile.inputs).map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]);
  LICENCES["charts.js"] = [...new Set(inputs.filter(Boolean))].sort();
  return made.outputFiles[0].text;
}

function icons() {
  const names = JSON.parse(readFileSync(join(ROOT, "frontend/icons.json")));
  const symbols = names.map((name) => {
    const svg = read(`@tabler/icons/icons/outline/${name}.svg`).toString();
    const body = svg.replace(/<!--[\s\S]*?-->/g, "").match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1].replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">\n${symbols.join("\n")}\n</svg>\n`;
}

function licences() {
  const names = [...new Set(Object.values(LICENCES).flat())].sort();
  const parts = names.map((name) => {
    const folder = join(MODULES, name);
    const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const { version, license, author } = packageOf(name);
    const by = typeof author === "object" ? author.name : author;
    const text = file ? readFileSync(join(folder, file), "utf8").trim() : `Licensed under ${license}${by ? ` by ${by}` : ""}.`;
    return `${name} ${version} (${license})\n${"=".repeat(60)}\n${text}\n`;
  });
  return parts.join("\n\n");
}

function manifest(files) {
  const names = [...new Set(Object.values(LICENCES).flat())].sort();
  const direct = JSON.parse(readFileSync(join(ROOT, "package.json"))).devDependencies;
  const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"))).packages;
  const packages = Object.fromEntries(names.map((name) => {
    const { version, license } = packageOf(name);
    return [name, { version, licence: license, direct: name in direct, integrity: lock[`node_modules/${name}`].integrity }];
  }));
  const entries = Object.entries(files).map(([name, data]) =>
    [name, { sha256: sha256(data), bytes: Buffer.byteLength(data), from: LICENCES[name] ?? names }]);
  return `${JSON.stringify({ packages, files: Object.fromEntries(entries) }, null, 1)}\n`;
}

// Every class Tabler knows: a test says when a template uses one that was left out.
function classes() {
  const css = read("@tabler/core/dist/css/tabler.min.css").toString();
  const names = new Set([...css.matchAll(/\.(-?[_a-zA-Z][\w-]*)/g)].map((match) => match[1]));
  return `${[...names].sort().join("\n")}\n`;
}

const files = {
  "tabler.css": await tabler(), "htmx.js": read("htmx.org/dist/htmx.min.js").toString(),
  "idiomorph.js": read("idiomorph/dist/idiomorph-ext.min.js").toString(), "charts.js": await charts(), "icons.svg": icons(),
};
files["LICENCES.txt"] = licences();
const wanted = { ...files, "manifest.json": manifest(files) };
const CLASSES = join(ROOT, "frontend/tabler-classes.txt");

if (process.argv.includes("--check")) {
  const wrong = Object.entries(wanted).filter(([name, data]) =>
    !existsSync(join(TARGET, name)) || readFileSync(join(TARGET, name), "utf8") !== data).map(([name]) => name);
  if (wrong.length) { console.error(`differs from what npm run vendor makes: ${wrong.join(", ")}`); process.exit(1); }
} else {
  rmSync(TARGET, { recursive: true, force: true });
  mkdirSync(TARGET, { recursive: true });
  for (const [name, data] of Object.entries(wanted)) {
    writeFileSync(join(TARGET, name), data);
    console.log(`${relative(ROOT, join(TARGET, name))} ${Buffer.byteLength(data).toLocaleString()}`);
  }
  writeFileSync(CLASSES, classes());
}
