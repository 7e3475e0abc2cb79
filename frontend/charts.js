// What the page needs of Vega: compile a Vega-Lite specification and draw it without eval.
export { parse, View, Warn, formatLocale, timeFormatLocale } from "vega";
export { expressionInterpreter } from "vega-interpreter";
export { compile } from "vega-lite";
export { Handler as Tooltip } from "vega-tooltip";
