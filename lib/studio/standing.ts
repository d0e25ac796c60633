import type { CapReached } from "@/lib/budget";
import type { ErrorRecord } from "@/lib/errors";
import type { Generation } from "./generations";

/** What came back: asset ids and data. */
export type Done = {
  state: "done";
  generationId: string;
  assetIds: string[];
  data: unknown;
  costMicros: number;
};

/** An order that ended without a result. `final`: trying again by itself would pay again, or be refused again. */
export type Ended = { state: "ended"; generationId: string; error: ErrorRecord; final: boolean };

export type Pending = {
  state: "pending";
  generationId: string;
  lookInSeconds: number;
  progress: number | null;
};

export type Uncertain = {
  state: "uncertain";
  generationId: string;
  provider: string;
  model: string;
  costMicros: number;
};

/** How a generation stands. */
export type Standing = Done | Ended | Pending | Uncertain | { state: "capped"; cap: CapReached };

/** What one move of a generation came to: it stands, it has moved on, or somebody else has moved it. */
export type Move = { standing: Standing } | { moved: Generation } | "look again";

/** What a generation that has ended, or waits for a person, is to whoever ordered it. */
export function standingOf(row: Generation): Done | Ended | Uncertain {
  if (row.state === "succeeded") return done(row);
  if (row.state === "uncertain") return uncertain(row);
  return ended(row);
}

function done(row: Generation): Done {
  const { assetIds, data } = row.result as { assetIds: string[]; data: unknown };
  return { state: "done", generationId: row.id, assetIds, data, costMicros: row.costMicros };
}

function uncertain({ id, provider, model, heldMicros }: Generation): Uncertain {
  return { state: "uncertain", generationId: id, provider, model, costMicros: heldMicros };
}

function ended(row: Generation): Ended {
  const error = row.error ?? givenUp(row);
  const final = !mayBeOrderedAgain(row) || error.code === "provider_refused";
  return { state: "ended", generationId: row.id, error: { ...error, retry: "never" }, final };
}

function givenUp({ verdict, stepName, provider }: Generation): ErrorRecord {
  const said = { code: "canceled", step: stepName, provider, retry: "never" } as const;
  if (verdict !== "do not pay again") return { ...said, message: "This order was given up." };
  return {
    ...said,
    message: "Nobody knows whether this order was taken, and you decided not to pay for it again.",
    action: "“New take” orders it anew, at its price.",
  };
}

/**
 * Whether Retry may order the same thing once more: it ended without being delivered or billed, or a person said so.
 * Everything else is ordered anew by “New take” alone, which shows its price.
 */
export function mayBeOrderedAgain({ state, verdict, costMicros }: Generation): boolean {
  if (state !== "failed" && state !== "abandoned") return false;
  return costMicros === 0 && verdict !== "do not pay again";
}
