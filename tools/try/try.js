// The page: examples, the code, and what comes of it. Python runs in worker.js, so that the page
// answers while it works, and a long simulation can be stopped.
const part = (id) => document.getElementById(id);
const [code, run, status, printed, shown] = ["code", "run", "status", "printed", "shown"].map(part);
const files = new Map();
let worker;

function start() {
  worker?.terminate();
  run.disabled = true;
  status.textContent = "Python is being loaded …";
  worker = new Worker("worker.js", { type: "module" });
  worker.onmessage = ({ data }) => {
    if (data.failed) {
      status.textContent = `It could not be loaded: ${data.failed}`;
      return;
    }
    run.disabled = false;
    if (data.ready) {
      status.textContent = `Ready: ${data.ready}`;
      return;
    }
    status.textContent = `Done in ${(data.milliseconds / 1000).toFixed(1)} s`;
    printed.textContent = data.printed;
    printed.hidden = !data.printed;
    shown.innerHTML = data.shown;
  };
  worker.onerror = (event) => {
    status.textContent = `It could not be loaded: ${event.message ?? "see the console"}`;
  };
  for (const [name, bytes] of files) worker.postMessage({ name, bytes });
}

async function example() {
  const response = await fetch(`examples/${part("example").value}`);
  code.value = await response.text();
}

run.addEventListener("click", () => {
  run.disabled = true;
  status.textContent = "Running …";
  printed.hidden = true;
  shown.replaceChildren();
  worker.postMessage({ code: code.value });
});
code.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !run.disabled) run.click();
});
part("stop").addEventListener("click", start);
part("example").addEventListener("change", example);
part("file").addEventListener("change", async (event) => {
  for (const file of event.target.files) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    files.set(file.name, bytes);
    worker.postMessage({ name: file.name, bytes });
    part("example").value = "file.py";
    await example();
    code.value = code.value.replace('"records.csv"', JSON.stringify(file.name));
  }
});
example();
start();
