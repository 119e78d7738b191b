// Runs the tests in a CPython that is WebAssembly: node run.mjs PYODIDE PACKAGES ARGUMENT…
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, packages, ...rest] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(resolve(pyodide, "pyodide.mjs")));
const python = await loadPyodide({ env: { ...process.env, HOME: "/home/pyodide" } });
for (const [folder, root] of [["/packages", packages], ["/project", process.cwd()]]) {
  python.FS.mkdirTree(folder);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: resolve(root) }, folder);
}
try {
  python.globals.set("rest", python.toPy(rest));
  process.exitCode = python.runPython(`
import os, sys
os.chdir("/project")
sys.path[:0] = ["/packages", "/project"]
from tests.wasm.run import run
run(rest)
`);
} catch (error) {
  console.log(error.message); // without the source of the interpreter, which node would print
  process.exitCode = 1;
}
