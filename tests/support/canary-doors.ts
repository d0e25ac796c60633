import { POST as webhook } from "@/app/api/webhooks/[provider]/route";
import { GET as healthz } from "@/app/healthz/route";
import { GET as metrics } from "@/app/metrics/route";
import { closeDb } from "@/lib/db";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

/** Knocks at every door that knows a secret, with wrong keys, and lets errors be thrown and logged. */
const at = (path: string) => `https://kinora.example${path}`;
const forged = { "webhook-id": "msg_1", "webhook-timestamp": "1", "webhook-signature": "v1,Zm9yZ2Vk" };
const statuses = [
  (
    await webhook(
      new Request(at("/api/webhooks/replicate"), { method: "POST", headers: forged, body: "{}" }),
      { params: Promise.resolve({ provider: "replicate" }) },
    )
  ).status,
  (await metrics(new Request(at("/metrics"), { headers: { authorization: "Bearer wrong" } }), undefined))
    .status,
  (
    await metrics(
      new Request(at("/metrics"), { headers: { authorization: `Bearer ${env().METRICS_TOKEN}` } }),
      undefined,
    )
  ).status,
  (await healthz()).status,
];
// The worst that code could do: log the whole configuration, and an error that repeats it.
log.error({ config: env(), err: new Error(`cannot connect to ${env().DATABASE_URL}`) }, "everything");
console.log(JSON.stringify({ statuses }));
await closeDb();
