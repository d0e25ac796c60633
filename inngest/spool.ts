import { log } from "@/lib/log";
import { tidySpool } from "@/lib/studio";

const LOOK_MS = 10_000;

/** Brings in what this machine's spool holds, at once and every few seconds: no other machine can. */
export function keepTidyingSpool(): { stop(): Promise<void> } {
  let looking: Promise<void> | undefined;
  const look = () => {
    looking ??= tidySpool()
      .then(() => undefined)
      .catch((err) => log.warn({ err }, "the spool could not be read; trying again"))
      .finally(() => {
        looking = undefined;
      });
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
