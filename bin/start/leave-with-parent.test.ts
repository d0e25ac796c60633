import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";

const guard = new URL("leave-with-parent.mjs", import.meta.url).href;

it("lets go on what a child starts by itself: Next's compilers inherit the guard, and have no line to anybody", async () => {
  const compiler = spawn(process.execPath, ["--import", guard, "-e", "setTimeout(() => undefined, 200)"]);
  expect(await once(compiler, "exit")).toEqual([0, null]);
});

it("ends a child whose parent has gone", async () => {
  const child = spawn(process.execPath, ["--import", guard, "-e", "setInterval(() => undefined, 1000)"], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const ended = once(child, "exit");
  child.disconnect();
  expect(await ended).toEqual([null, "SIGTERM"]);
});
