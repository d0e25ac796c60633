import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { env } from "@/lib/env";
import type { AppError } from "@/lib/errors";
import type { Order } from "../capability";
import { answerLost } from "../failures";
import type { FindTaken, Operation } from "../provider";
import { callReplicate } from "./api";
import { REPLICATE } from "./declaration";
import { type ModelInput, mapOrder } from "./inputs";
import { compare, type KnownPicture, knowPicture } from "./likeness";
import { Prediction } from "./prediction";

/** Clocks may differ, and the request took a while: how far from our own time its creation may lie. */
const BEFORE_MS = 2 * 60_000;
const AFTER_MS = 10 * 60_000;
/** Between two looks; a prediction must appear in the list within this time of being taken. */
const SETTLE_MS = 5_000;
const MAX_PAGES = 50;
const OFFICIAL_URL = "https://api.replicate.com/v1";

/** An entry that cannot be read takes nothing from the others; it only leaves doubt about itself. */
const Page = z.object({ next: z.unknown().optional(), results: z.array(z.unknown()) });
const Dated = z.object({ created_at: z.string() });

/** What the list shows of the window; `whole` when nothing in it was left unread. */
type Listed = { found: Prediction[]; whole: boolean };

type Lost = {
  key: string;
  input: ModelInput;
  picture?: KnownPicture;
  postedAt: Date;
  taken?: FindTaken;
};

/**
 * Looks for an order whose answer was lost among what Replicate has taken. What carries our key is adopted. So is the
 * very same order (model, prompt and seed; without a seed every input, and only one) if no other generation of ours
 * owns it: equal orders are interchangeable, and each is adopted once. Anything less is left to a person by
 * `answer_lost`. Null after two looks without a candidate.
 */
export async function reconcileReplicate(
  key: string,
  order: Order,
  postedAt: Date,
  signal: AbortSignal,
  taken?: FindTaken,
): Promise<Operation | null> {
  const input = mapOrder(order, key);
  const lost: Lost = { key, input, picture: await knowPicture(order), postedAt, taken };
  for (const look of [1, 2]) {
    const found = await findTaken(lost, signal);
    if (found) return toOperation(found, order, input);
    if (look === 1) await sleep(SETTLE_MS, undefined, { signal });
  }
  return null;
}

async function findTaken(lost: Lost, signal: AbortSignal): Promise<Prediction | undefined> {
  const same: Prediction[] = [];
  const perhaps: Prediction[] = [];
  const { found, whole } = await listAround(lost.postedAt, signal);
  for (const prediction of found) {
    const likeness = compare(prediction, lost.input, lost.key, lost.picture);
    if (likeness === "ours") return prediction;
    if (likeness === "same" && lost.taken) same.push(prediction);
    else if (likeness !== "not ours") perhaps.push(prediction);
  }
  const owned = await lost.taken?.([...same, ...perhaps].map(({ id }) => id));
  const [free = [], doubtful = []] = [same, perhaps].map((all) => all.filter(({ id }) => !owned?.has(id)));
  const [only] = free;
  if (only && (lost.input.seed !== undefined || (whole && free.length === 1 && doubtful.length === 0)))
    return only;
  if (free.length + doubtful.length > 0) throw undecided(free.length + doubtful.length);
  if (!whole) throw unread();
  return undefined;
}

/** Everything that was taken around this time, oldest first. */
async function listAround(postedAt: Date, signal: AbortSignal): Promise<Listed> {
  const earliest = new Date(postedAt.getTime() - BEFORE_MS);
  const latest = new Date(postedAt.getTime() + AFTER_MS);
  const found: Prediction[] = [];
  let whole = true;
  let route: string | undefined = `/predictions?${windowOf(earliest, latest)}`;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { results, next } = await readPage(route, signal);
    const within = results.filter((entry) => mayLieWithin(entry, earliest, latest));
    const read = within.flatMap((entry) => Prediction.safeParse(entry).data ?? []);
    found.push(...read);
    whole &&= read.length === within.length;
    if (!next) return { found: found.reverse(), whole };
    route = nextRoute(next);
    if (!route) return { found: found.reverse(), whole: false };
  }
  return { found: found.reverse(), whole: false };
}

function windowOf(earliest: Date, latest: Date): URLSearchParams {
  return new URLSearchParams({
    created_after: earliest.toISOString(),
    created_before: latest.toISOString(),
  });
}

/** An entry without a readable time may be the one. */
function mayLieWithin(entry: unknown, earliest: Date, latest: Date): boolean {
  const time = Date.parse(Dated.safeParse(entry).data?.created_at ?? "");
  return Number.isNaN(time) || (time >= earliest.getTime() && time <= latest.getTime());
}

/** Where the list goes on, if that is at the address that was asked: our key goes nowhere else. */
function nextRoute(next: unknown): string | undefined {
  if (typeof next !== "string" || !URL.canParse(next)) return undefined;
  return new URL(next).origin === new URL(env().REPLICATE_BASE_URL ?? OFFICIAL_URL).origin ? next : undefined;
}

function readPage(route: string, signal: AbortSignal) {
  return callReplicate({ signal }, async (client) => {
    const response = await client.request(URL.canParse(route) ? new URL(route) : route, {
      method: "GET",
      signal,
    });
    return Page.parse(await response.json());
  });
}

function undecided(candidates: number): AppError {
  const how =
    candidates === 1
      ? "its list has one much like it that could also belong to another order"
      : `its list has ${candidates} much like it`;
  return answerLost({ ...REPLICATE, afterLostAnswer: "ask" }, how);
}

function unread(): AppError {
  return answerLost({ ...REPLICATE, afterLostAnswer: "ask" }, "a part of its list of orders cannot be read");
}

export function toOperation(prediction: Prediction, order: Order, { seed, size }: ModelInput): Operation {
  return {
    provider: "replicate",
    id: prediction.id,
    model: order.model,
    capability: order.capability,
    seed,
    size,
  };
}
