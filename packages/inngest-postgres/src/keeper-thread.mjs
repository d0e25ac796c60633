// Plain JavaScript, so that the thread starts without a compiler.
import { parentPort, workerData } from "node:worker_threads";
import postgres from "postgres";

const { connection, owner, leaseSeconds, busySeconds } = workerData;
const beatMs = leaseSeconds * 300;
let held = { ids: [], generations: [] };
let heardAt = Date.now();
let sql;
let isRenewing = false;

parentPort.on("message", (leases) => {
  held = leases;
  heardAt = Date.now();
});

setInterval(() => {
  const silentMs = Date.now() - heardAt;
  const isBusy = silentMs > beatMs * 1.5 && silentMs < busySeconds * 1000;
  if (isBusy && held.ids.length > 0 && !isRenewing) void renew();
}, beatMs / 2);

async function renew() {
  isRenewing = true;
  sql ??= postgres({
    ...connection,
    max: 1,
    idle_timeout: 20,
    connect_timeout: 5,
    onnotice: () => undefined,
  });
  try {
    await sql`
      update engine.run r set lease_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
      from unnest(${held.ids}::text[], ${held.generations}::int[]) as held (id, generation)
      where r.id = held.id and r.generation = held.generation and r.owner = ${owner} and r.lease_until is not null`;
  } catch (error) {
    parentPort.postMessage({ failed: String(error) });
  } finally {
    isRenewing = false;
  }
}
