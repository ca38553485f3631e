// Run the search of a built site without a browser: node search.js SITE < phrases.json prints the first page for each.
"use strict";
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const site = process.argv[2];
const element = () => ({ children: [], firstChild: null, classList: { add() {} }, querySelectorAll: () => [] });
const sandbox = {
  console,
  document: { getElementById: element, querySelectorAll: () => [], addEventListener() {} },
  addEventListener() {},
  localStorage: { setItem() {} },
  SPHINX_HIGHLIGHT_ENABLED: false,
  _ready: () => {},
  _: (text) => text, // no translation
};
sandbox.window = sandbox; // what a script exports to the window is global
vm.createContext(sandbox);
for (const script of ["language_data.js", "searchtools.js"])
  vm.runInContext(fs.readFileSync(path.join(site, "_static", script), "utf8"), sandbox);
vm.runInContext(fs.readFileSync(path.join(site, "searchindex.js"), "utf8"), sandbox);
sandbox.phrases = JSON.parse(fs.readFileSync(0, "utf8"));
const found = vm.runInContext(
  `phrases.map((phrase) => {
    const results = Search._performSearch(...Search._parseQuery(phrase));
    return results.length ? results[results.length - 1][0] : null; // the last is shown first
  })`,
  sandbox,
);
console.log(JSON.stringify(found));
