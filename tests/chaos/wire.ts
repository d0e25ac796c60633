import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export type Wire = {
  /** A database's address over this wire. */
  url(of: string): string;
  /** How many connections were cut while something was under way on them. */
  cuts(): number;
  stop(): Promise<void>;
};

/** Before a statement is sent on, or after it was sent and before its answer is back. */
type Cut = "before" | "after";

/**
 * A stretch of network before Postgres. Every now and then it cuts one connection in the middle of a statement:
 * whether that took effect cannot be told by who sent it. `nextMs` is how long until the next cut; undefined to wait.
 */
export async function layWire(
  port: number,
  roll: () => number,
  nextMs: () => number | undefined,
): Promise<Wire> {
  const open = new Set<Socket>();
  let armed: Cut | undefined;
  let cuts = 0;
  const arm = () => {
    const ms = nextMs();
    timer = setTimeout(arm, ms ?? 1000);
    if (ms !== undefined) armed = roll() < 0.3 ? "before" : "after";
  };
  let timer = setTimeout(arm, 1000);
  const server = createServer((client) => {
    const upstream = connect(port, "127.0.0.1");
    open.add(client);
    let cutsAnswer = false;
    const cut = () => {
      cuts += 1;
      client.destroy();
      upstream.destroy();
    };
    let statements = 0;
    client.on("data", (chunk) => {
      const kind = statements++ > 1 ? armed : undefined;
      if (kind) armed = undefined;
      if (kind === "before") return cut();
      if (kind === "after") cutsAnswer = true;
      upstream.write(chunk);
    });
    upstream.on("data", (chunk) => (cutsAnswer ? cut() : client.write(chunk)));
    for (const [end, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      end.once("close", () => {
        open.delete(client);
        other.destroy();
      });
      end.on("error", () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url(of) {
      const url = new URL(of);
      url.port = String((server.address() as AddressInfo).port);
      return url.toString();
    },
    cuts: () => cuts,
    async stop() {
      clearTimeout(timer);
      for (const client of open) client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
