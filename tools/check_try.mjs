// Runs the examples of a built page under Node.js, on the same files as the browser does, and
// prints what comes of each as JSON: node check_try.mjs FOLDER
import { readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2]);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const text = (name) => readFileSync(`${folder}/${name}`, "utf8");
const python = await loadPyodide({ indexURL: `${folder}/` });
const extractDir = python.runPython("import site; site.getsitepackages()[0]");
for (const name of JSON.parse(text("wheels.json"))) {
  python.unpackArchive(new Uint8Array(readFileSync(`${folder}/${name}`)), "whl", { extractDir });
}
python.runPython(text("run.py"));
const found = {};
for (const name of readdirSync(`${folder}/examples`).sort()) {
  const begin = performance.now();
  const told = python.globals.get("run")(text(`examples/${name}`));
  found[name] = told.toJs();
  told.destroy();
  console.error(`${name}: ${((performance.now() - begin) / 1000).toFixed(1)} s`);
}
console.log(JSON.stringify(found));
