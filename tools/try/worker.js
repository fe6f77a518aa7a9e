// Python, apart from the page: Pyodide, the library and the wheels that it needs, all from here.
import { loadPyodide } from "./pyodide.mjs";

async function bytes(name) {
  const response = await fetch(name);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function prepare() {
  const python = await loadPyodide({ indexURL: new URL("./", import.meta.url).href });
  const wheels = JSON.parse(new TextDecoder().decode(await bytes("wheels.json")));
  const extractDir = python.runPython("import site; site.getsitepackages()[0]");
  for (const wheel of await Promise.all(wheels.map(bytes))) {
    python.unpackArchive(wheel, "whl", { extractDir });
  }
  python.runPython(new TextDecoder().decode(await bytes("run.py")));
  return python;
}

const prepared = prepare();
prepared.then(
  (python) => postMessage({ ready: python.globals.get("versions")() }),
  (error) => postMessage({ failed: String(error) }),
);

onmessage = async ({ data }) => {
  const python = await prepared;
  if (data.bytes) {
    python.FS.writeFile(data.name, data.bytes);
    return;
  }
  const begin = performance.now();
  const told = python.globals.get("run")(data.code);
  const [printed, shown] = told.toJs();
  told.destroy();
  postMessage({ printed, shown, milliseconds: performance.now() - begin });
};
