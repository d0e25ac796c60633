import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setImmediate as soon } from "node:timers/promises";

/** One message of the protocol: its type, and where it ends. Those of a client before it is signed in have no type. */
function* messagesIn(bytes: Buffer): Generator<{ type: number; whole: Buffer; end: number }> {
  for (let at = 0; at + 5 <= bytes.length; ) {
    const end = at + 1 + bytes.readInt32BE(at + 1);
    if (end > bytes.length) return;
    yield { type: bytes[at] ?? 0, whole: bytes.subarray(at, end), end };
    at = end;
  }
}

const READY = "Z".charCodeAt(0);
const IDLE = "I".charCodeAt(0);

/**
 * A pooler as PgBouncer is in transaction mode: a connection to the database is lent from a client's first message to
 * the end of its transaction, the one that was given back last goes first. Signing in goes straight through.
 */
export async function startTransactionPooler(databaseUrl: string) {
  const { hostname, port } = new URL(databaseUrl);
  const free: Socket[] = [];
  const sockets = new Set<Socket>();

  const server = createServer((client) => {
    sockets.add(client.on("error", () => client.destroy()));
    const first = connect(Number(port), hostname);
    sockets.add(first.on("error", () => client.destroy()));
    let lent: Socket | undefined = first;
    let signedIn = false;

    const lend = (backend: Socket) => {
      lent = backend;
      let pending = Buffer.alloc(0);
      backend.removeAllListeners("data").on("data", (chunk) => {
        pending = Buffer.concat([pending, chunk]);
        client.write(chunk);
        let done = 0;
        for (const { type, whole, end } of messagesIn(pending)) {
          done = end;
          if (type !== READY) continue;
          signedIn = true;
          if (whole[5] !== IDLE) continue;
          lent = undefined;
          free.push(backend.removeAllListeners("data"));
        }
        pending = pending.subarray(done);
      });
    };
    lend(first);

    client.on("data", async (chunk) => {
      if (signedIn && chunk[0] === "X".charCodeAt(0)) return client.end();
      while (!lent && free.length === 0) await soon();
      if (!lent) lend(free.pop() as Socket);
      lent?.write(chunk);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.toString(),
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
