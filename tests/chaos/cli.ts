import { parseArgs } from "node:util";
import { findServer, NO_SERVER } from "../support/inngest-server";
import { runChaos } from "./run";
import { isSound } from "./tally";

const { values } = parseArgs({
  options: {
    jobs: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
    storm: { type: "string", default: "90" },
    engine: { type: "string", default: "embedded" },
    json: { type: "boolean", default: false },
  },
});

const { engine } = values;
if (engine !== "embedded" && engine !== "inngest") refuse(`--engine is embedded or inngest, not ${engine}.`);
if (engine === "inngest" && !findServer()) refuse(NO_SERVER);
const say = values.json ? undefined : (line: string) => process.stderr.write(`\r${line}   `);
const [jobs, seed, stormSeconds] = [values.jobs, values.seed, values.storm].map(Number) as [
  number,
  number,
  number,
];
const result = await runChaos({ engine, jobs, seed, stormSeconds, say });
const { reasons, details, faults, ...counts } = result;
if (values.json) console.log(JSON.stringify({ ...counts, faults, reasons, details }));
else {
  console.log();
  console.table(counts);
  console.log(`  ${Object.keys(faults).length} kinds of faults at the providers`);
  for (const detail of details) console.log(`  differs: ${detail}`);
  for (const reason of reasons) console.log(`  failed: ${reason}`);
}
process.exit(isSound(result) ? 0 : 1);

function refuse(why: string): never {
  console.error(why);
  process.exit(2);
}
