import { db } from "@/lib/db";
import { leaveOutbox, listUnasked } from "@/lib/jobs";
import { log } from "@/lib/log";
import { requestRun } from "./events";

/** Whoever stored a job asks for it at once: what is older was left behind. */
const GRACE_SECONDS = 5;
const LOOK_MS = 5_000;

/** Asks for a stored job's run. Should this process die before it has, or the engine be away, the relay does it. */
export async function ask(job: Parameters<typeof requestRun>[0], again = 0): Promise<void> {
  await requestRun(job, again);
  await leaveOutbox(db(), job);
}

/** Asks for what was left in the outbox. A run that had been asked for all the same is not begun twice. */
export async function relay(): Promise<void> {
  for (const job of await listUnasked(db(), GRACE_SECONDS)) {
    await ask(job);
    log.info({ job: job.id, run: job.run }, "a run was asked for out of the outbox");
  }
}

/** Relays every few seconds, until it is stopped. */
export function keepRelaying(): { stop(): Promise<void> } {
  let looking: Promise<void> | undefined;
  const look = () => {
    looking ??= relay()
      .catch((err) => log.warn({ err }, "the outbox could not be relayed; trying again"))
      .finally(() => {
        looking = undefined;
      });
  };
  const timer = setInterval(look, LOOK_MS);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
