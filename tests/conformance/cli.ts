import { rm } from "node:fs/promises";
import { parseArgs } from "node:util";
import { embeddedEngine, type Report, runCases, runRefusals } from "@kinora/inngest-postgres/conformance";
import { startPostgres } from "@/lib/embedded/postgres";
import { findServer, NO_SERVER } from "../support/inngest-server";
import { temporaryHome } from "../support/temporary-home";
import { startServer } from "./server";

const { values } = parseArgs({
  options: {
    engine: { type: "string", default: "embedded" },
    json: { type: "boolean", default: false },
    only: { type: "string", default: "" },
  },
});

async function onEmbedded(): Promise<Report> {
  const home = await temporaryHome("conformance");
  const postgres = await startPostgres({ home, durable: false });
  const engine = embeddedEngine(postgres.url);
  try {
    const report = await runCases("embedded", engine, values.only);
    await engine.stop();
    if (values.only === "") await runRefusals(postgres.url, report);
    return report;
  } finally {
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  }
}

async function onServer(): Promise<Report> {
  const bin = findServer();
  if (!bin) {
    console.error(NO_SERVER);
    process.exit(2);
  }
  const engine = await startServer(bin);
  try {
    return await runCases("inngest", engine, values.only);
  } finally {
    await engine.stop();
  }
}

async function main(): Promise<void> {
  if (values.engine !== "embedded" && values.engine !== "inngest") {
    console.error(`--engine is "embedded" or "inngest", not "${values.engine}".`);
    process.exit(2);
  }
  const { reasons, ...report } = await (values.engine === "embedded" ? onEmbedded() : onServer());
  if (values.json) console.log(JSON.stringify(report));
  else
    console.log(
      `${report.passed} of ${report.cases} cases passed on ${report.engine}; refused: ${report.refused.join(", ") || "nothing"}`,
    );
  for (const [name, reason] of Object.entries(reasons)) console.error(`failed: ${name}\n  ${reason}`);
  process.exit(report.failed.length === 0 ? 0 : 1);
}

void main();
