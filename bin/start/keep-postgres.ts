import { isAlive, type RunningPostgres, startPostgres } from "@/lib/embedded/postgres";
import { explain, say, yellow } from "../terminal";

/** Starts the embedded Postgres again, on the same port, should something kill it. The others reconnect. */
export function keepPostgres(
  home: string,
  first: RunningPostgres,
): { current(): RunningPostgres; leave(): void } {
  let server = first;
  let busy = false;
  const port = Number(new URL(first.url).port);
  const timer = setInterval(async () => {
    if (busy || (await isAlive(server.pid))) return;
    busy = true;
    say(`  ${yellow("!")} The database ended by itself; starting it again.`);
    try {
      await server.stop();
      server = await startPostgres({ home, port });
    } catch (error) {
      say(explain(error));
    } finally {
      busy = false;
    }
  }, 1_000);
  return { current: () => server, leave: () => clearInterval(timer) };
}
