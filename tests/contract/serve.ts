import { parseArgs } from "node:util";
import { startContractServer } from "./index";
import type { WebhookManner } from "./types";

/**
 * The contract server as a process of its own: prints one JSON line `{ url, env }` when it listens.
 * `tsx tests/contract/serve.ts --port 4400 --state orders.jsonl --seconds 2 --webhooks once --chaos-seed 7 --chaos-rate 0.1`
 */
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    state: { type: "string" },
    seconds: { type: "string", default: "0.2" },
    webhooks: { type: "string", default: "once" },
    "chaos-seed": { type: "string" },
    "chaos-rate": { type: "string", default: "0.1" },
  },
});

const seed = values["chaos-seed"];
const server = await startContractServer({
  port: Number(values.port),
  stateFile: values.state,
  secondsToMake: Number(values.seconds),
  webhooks: values.webhooks as WebhookManner,
  chaos: seed === undefined ? undefined : { seed: Number(seed), rate: Number(values["chaos-rate"]) },
});
console.log(JSON.stringify({ url: server.url, env: server.env }));

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    server.stop().then(() => process.exit(0));
  });
}
