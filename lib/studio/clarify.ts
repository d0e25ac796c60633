import { provider } from "@/lib/ai";
import { db } from "@/lib/db";
import { toAppError } from "@/lib/errors";
import { askOf, findOwned, type Generation, moveGeneration, returnUnsent } from "./generations";
import { LOOK_SECONDS, noteFailure, secondsUntilLook } from "./look";
import { orderOf } from "./media-input";
import { APPEAR_SECONDS } from "./send";
import type { Move } from "./standing";
import { accept, adoptSpooled } from "./take-in";

/** The longest that a run waits in one go for an order of another process to be over. */
const LONGEST_WAIT_SECONDS = 60;

/** An order was on its way when something broke. Nothing is sent again before it is known what became of it. */
export async function clarify(row: Generation): Promise<Move> {
  const spooled = await adoptSpooled(row);
  if (spooled) return spooled;
  const engine = provider(row.provider);
  if (engine.afterLostAnswer === "repeat") return notTaken(row);
  const waitSeconds = await secondsUntilLook(row);
  if (engine.afterLostAnswer === "ask" && waitSeconds <= APPEAR_SECONDS) return doubt(row);
  if (waitSeconds > 0) {
    const lookInSeconds = Math.ceil(Math.min(LONGEST_WAIT_SECONDS, waitSeconds));
    return { standing: { state: "pending", generationId: row.id, lookInSeconds, progress: null } };
  }
  if (!engine.reconcile) return doubt(row);
  try {
    const order = await orderOf(row, askOf(row));
    const signal = AbortSignal.timeout(LOOK_SECONDS * 1000);
    const postedAt = row.postedAt ?? row.createdAt;
    const taken = (ids: string[]) => findOwned(row, ids);
    const operation = await engine.reconcile(row.key, order, postedAt, signal, taken);
    return operation ? await accept(row, operation) : await notTaken(row);
  } catch (thrown) {
    const error = toAppError(thrown);
    // Where its provider can tell nothing for so long, a person has to.
    if (error.code === "answer_lost" || (await noteFailure(row)).overdue) return doubt(row);
    throw error;
  }
}

async function notTaken(row: Generation): Promise<Move> {
  const returned = await returnUnsent(row);
  return returned ? { moved: returned } : "look again";
}

async function doubt(row: Generation): Promise<Move> {
  const doubted = await moveGeneration(db(), row, ["posting"], { state: "uncertain" });
  return doubted ? { moved: doubted } : "look again";
}
