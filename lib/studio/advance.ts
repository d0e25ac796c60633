import { AppError } from "@/lib/errors";
import { log, withLogIds } from "@/lib/log";
import { rememberIds } from "@/lib/telemetry";
import { answerOf } from "./answer";
import { clarify } from "./clarify";
import { collect } from "./collect";
import { findGeneration, type Generation } from "./generations";
import { look } from "./look";
import { send } from "./send";
import { type Move, type Standing, standingOf } from "./standing";
import { adoptSpooled } from "./take-in";

/** More moves than this without coming to rest: several processes are at the same order, or there is a bug. */
const MOST_MOVES = 20;

/**
 * Moves a generation on, from whatever stage a crash, a redelivery or a rerun left it in, until it has ended or
 * there is something to wait for: intended → (one POST) → accepted → (looks) → answered → succeeded.
 */
export function advance(row: Generation): Promise<Standing> {
  const { id: generation, jobId: job, stepName: step, provider: by, capability } = row;
  return withLogIds({ generation, job, step, provider: by, capability }, () =>
    moveOn(row).catch(rememberIds),
  );
}

async function moveOn(first: Generation): Promise<Standing> {
  let row = first;
  let wasCollected = false;
  for (let moves = 0; moves < MOST_MOVES; moves++) {
    log.debug({ state: row.state, looks: row.looks }, "an order is looked at");
    const came = row.state === "lost" && wasCollected ? { standing: standingOf(row) } : await moveOf(row);
    if (came === "look again") row = await refetch(row);
    else if ("standing" in came) return came.standing;
    else {
      wasCollected = row.state === "answered" || row.state === "lost";
      row = came.moved;
    }
  }
  throw new AppError("conflict", "Several workers are at this order; this one steps back.", {
    retry: "later",
  });
}

async function moveOf(row: Generation): Promise<Move> {
  switch (row.state) {
    case "intended":
      return send(row);
    case "posting":
      return clarify(row);
    case "accepted":
      return look(row);
    case "answered":
      return collect(row);
    case "lost":
      return isKept(row) ? collect(row) : { standing: standingOf(row) };
    case "uncertain":
      return (await adoptSpooled(row)) ?? { standing: standingOf(row) };
    case "succeeded":
    case "failed":
    case "abandoned":
      return { standing: standingOf(row) };
  }
}

/** Something of it is there to be looked at again; that costs nothing. */
function isKept(row: Generation): boolean {
  const { files, text } = answerOf(row);
  return files.length > 0 || text !== undefined;
}

async function refetch({ id }: Generation): Promise<Generation> {
  const fresh = await findGeneration({ id });
  if (!fresh) throw new AppError("canceled", "This order was withdrawn.");
  return fresh;
}
