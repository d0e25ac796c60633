// Runs after npm install. postgres.js 3.4.9 has three faults in what it does when a connection is cut, as a restart
// of the database cuts them. A write that waits to be flushed meets a socket that is null, outside of any promise,
// and ends the process (github.com/porsager/postgres issue 1154). Or its timer is cleared and never armed again:
// what is asked of that connection from then on is never sent. And the query for array types, which nobody awaits,
// is rejected, which ends the process, too.
import { readFileSync, renameSync, writeFileSync } from "node:fs";

const MENDED = "3.4.9";
const folder = new URL("../node_modules/postgres/", import.meta.url);

const CHANGES = [
  [
    "  function nextWrite(fn) {\n    const x = socket.write(chunk, fn)\n",
    [
      "  function nextWrite(fn) {",
      "    if (socket === null) {",
      "      dropWrite()",
      "      error(Errors.connection('CONNECTION_CLOSED', options, socket))",
      "      return false",
      "    }",
      "    const x = socket.write(chunk, fn)",
      "",
    ].join("\n"),
  ],
  [
    "  function connectTimedOut() {\n",
    [
      "  function dropWrite() {",
      "    nextWriteTimer !== null && clearImmediate(nextWriteTimer)",
      "    chunk = nextWriteTimer = null",
      "  }",
      "",
      "  function connectTimedOut() {",
      "",
    ].join("\n"),
  ],
  ["    clearImmediate(nextWriteTimer)\n    if (socket) {\n", "    dropWrite()\n    if (socket) {\n"],
  [
    "    clearImmediate(nextWriteTimer)\n    socket.removeListener(",
    "    dropWrite()\n    socket.removeListener(",
  ],
  [
    "        return fetchArrayTypes()\n",
    "        return fetchArrayTypes().catch(() => { /* The connection is closing: what waits for it is told. */ })\n",
  ],
];

const { version } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8"));
if (version !== MENDED) {
  throw new Error(
    `postgres is ${version}: see whether bin/mend-postgres.mjs is still needed, made for ${MENDED}.`,
  );
}
for (const path of ["src/connection.js", "cjs/src/connection.js"]) {
  const file = new URL(path, folder);
  const source = readFileSync(file, "utf8");
  if (source.includes("dropWrite()")) continue;
  const mended = CHANGES.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`bin/mend-postgres.mjs does not fit ${path}: ${from}`);
    return text.replace(from, () => to);
  }, source);
  // A new file in place of the old one, which package managers may share between projects.
  const aside = new URL(`${path}.mended`, folder);
  writeFileSync(aside, mended);
  renameSync(aside, file);
}
