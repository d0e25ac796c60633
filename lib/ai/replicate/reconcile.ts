import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { AppError } from "@/lib/errors";
import type { Order } from "../capability";
import { answerLost } from "../failures";
import type { FindTaken, Operation } from "../provider";
import { callReplicate, REPLICATE } from "./api";
import { type ModelInput, mapOrder } from "./inputs";
import { compare, type KnownPicture, knowPicture } from "./likeness";
import { Prediction } from "./prediction";

/** Clocks may differ, and the request took a while: how far from our own time its creation may lie. */
const BEFORE_MS = 2 * 60_000;
const AFTER_MS = 10 * 60_000;
/** Between two looks; a prediction must appear in the list within this time of being taken. */
const SETTLE_MS = 5_000;
const MAX_PAGES = 50;

const Page = z.object({ next: z.string().nullish(), results: z.array(Prediction) });

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
  for (const prediction of await listAround(lost.postedAt, signal)) {
    const likeness = compare(prediction, lost.input, lost.key, lost.picture);
    if (likeness === "ours") return prediction;
    if (likeness === "same" && lost.taken) same.push(prediction);
    else if (likeness !== "not ours") perhaps.push(prediction);
  }
  const owned = await lost.taken?.([...same, ...perhaps].map(({ id }) => id));
  const [free = [], doubtful = []] = [same, perhaps].map((all) => all.filter(({ id }) => !owned?.has(id)));
  const [only] = free;
  if (only && (lost.input.seed !== undefined || (free.length === 1 && doubtful.length === 0))) return only;
  if (free.length + doubtful.length > 0) throw undecided(free.length + doubtful.length);
  return undefined;
}

/** Everything that was taken around this time, oldest first. */
async function listAround(postedAt: Date, signal: AbortSignal): Promise<Prediction[]> {
  const earliest = new Date(postedAt.getTime() - BEFORE_MS);
  const latest = new Date(postedAt.getTime() + AFTER_MS);
  const found: Prediction[] = [];
  let route: string | URL = `/predictions?created_after=${earliest.toISOString()}`;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { results, next } = await readPage(route, signal);
    const times = results.map(({ created_at }) => new Date(created_at ?? postedAt));
    found.push(...results.filter((_, index) => isWithin(times[index] ?? postedAt, earliest, latest)));
    if (!next || times.some((time) => time < earliest)) return found.reverse();
    route = new URL(next);
  }
  throw answerLost({ ...REPLICATE, afterLostAnswer: "ask" }, "its list of orders is too long to search");
}

function isWithin(time: Date, earliest: Date, latest: Date): boolean {
  return time >= earliest && time <= latest;
}

function readPage(route: string | URL, signal: AbortSignal) {
  return callReplicate({ signal }, async (client) => {
    const response = await client.request(route, { method: "GET", signal });
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
