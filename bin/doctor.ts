import { EnvError } from "@/lib/env";
import { type Check, check, type State } from "./doctor/check";
import { checkNode } from "./doctor/machine";
import { loadEnvironment } from "./environment";
import { prepareHome } from "./home";
import { bold, cyan, dim, green, red, say, yellow } from "./terminal";

/** Says what is configured, what is reachable, what is missing and how to mend it. Exit status 1 when one fails. */
const json = process.argv.includes("--json");
process.env.LOG_LEVEL ||= "silent";
const checks = [await check("node", checkNode), await checkConfiguration()];
if (checks.every((one) => one.state !== "fail")) checks.push(...(await examineAll()));
const ok = checks.every((one) => one.state !== "fail");
if (json) process.stdout.write(`${JSON.stringify({ ok, checks })}\n`);
else show(checks);
process.exit(ok ? 0 : 1);

async function checkConfiguration(): Promise<Check> {
  return check("configuration", async () => {
    try {
      loadEnvironment();
      return { state: "ok", detail: "Every variable that is set makes sense." };
    } catch (error) {
      if (!(error instanceof EnvError)) throw error;
      return { state: "fail", detail: error.problems.join(" · "), mend: "Change these variables." };
    }
  });
}

async function examineAll(): Promise<Check[]> {
  const folder = await check("folder", async () => {
    const home = await prepareHome(loadEnvironment().KINORA_HOME);
    return { state: "ok", detail: `${home.folder} can be written.` };
  });
  if (folder.state === "fail") return [folder];
  const { examine } = await import("./doctor/examine");
  return [folder, ...(await examine(await prepareHome(loadEnvironment().KINORA_HOME)))];
}

function show(all: Check[]): void {
  const marks: Record<State, string> = { ok: green("✓"), warn: yellow("!"), fail: red("✗"), off: dim("·") };
  say(`\n  ${bold("Kinora")}\n`);
  for (const { name, state, detail, mend } of all) {
    say(`  ${marks[state]} ${name.padEnd(14)} ${state === "off" ? dim(detail) : detail}`);
    if (mend) say(`    ${" ".repeat(14)} ${cyan("→")} ${mend}`);
  }
  const failed = all.filter((one) => one.state === "fail").length;
  say(`\n  ${failed === 0 ? green("Everything needed works.") : red(`${failed} to mend.`)}\n`);
}
