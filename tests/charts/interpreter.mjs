// Draws specifications from standard input the way the page does: compiled to an AST and interpreted, with code
// from strings forbidden. Prints one line a chart: its name and the number of marks drawn.
import { View, parse } from "vega";
import { compile } from "vega-lite";
import { expressionInterpreter } from "vega-interpreter";
import { readFileSync } from "node:fs";

const forbidden = () => { throw new Error("code from a string"); };
globalThis.Function = new Proxy(Function, { construct: forbidden, apply: forbidden });
globalThis.eval = forbidden;

for (const [name, spec] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const view = new View(parse(compile({ ...spec, width: 600 }).spec, null, { ast: true }), { renderer: "none", expr: expressionInterpreter });
  const svg = await view.toSVG();
  console.log(`${name} ${(svg.match(/<path|<text|<line/g) ?? []).length}`);
}
