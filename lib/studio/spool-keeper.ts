import { log } from "@/lib/log";
import { answerOf } from "./answer";
import { findGeneration } from "./generations";
import { isBare, listSpooled, removeSpooled } from "./spool";
import { adoptSpooled, storeSpooled } from "./take-in";

/** Younger ones may be in the hands of the process that is writing them. */
const LEAST_AGE_SECONDS = 15;
/** Longer than anything takes to be written. */
const UNFINISHED_SECONDS = 3600;
/** What no row knows of, or what came for an order that had ended otherwise, is kept this long. */
const KEPT_SECONDS = 30 * 86_400;

/**
 * Looks through this machine's spool: what a process that died left there is adopted, what could not be stored before
 * is stored now, and what has arrived where it belongs is removed. Costs nothing; each machine's worker does it.
 */
export async function tidySpool(): Promise<number> {
  let moved = 0;
  for (const { key, ageSeconds } of await listSpooled()) {
    if (ageSeconds < LEAST_AGE_SECONDS) continue;
    try {
      if (await tidy(key, ageSeconds)) moved++;
    } catch (err) {
      log.warn({ err, key }, "an answer in the spool could not be brought in yet");
    }
  }
  return moved;
}

async function tidy(key: string, ageSeconds: number): Promise<boolean> {
  const row = await findGeneration({ key });
  switch (row?.state) {
    case "posting":
    case "uncertain":
    case "abandoned":
      if (await adoptSpooled(row)) return true;
      break;
    case "answered":
    case "lost":
      if (await storeSpooled(row)) return true;
      if (!answerOf(row).files.some(({ from }) => from === "spool")) await removeSpooled(key);
      break;
    case "accepted":
    case "succeeded":
    case "failed":
      await removeSpooled(key);
  }
  const isVain = ageSeconds > UNFINISHED_SECONDS && (await isBare(key));
  if (isVain || ageSeconds > KEPT_SECONDS) await removeSpooled(key);
  return false;
}
