import { createHash } from "node:crypto";
import type { Sql, TransactionSql } from "postgres";
import { encodeTime, monotonicFactory } from "ulid";
import { type EngineEvent, LIMITS } from "./protocol";
import { toKey, toWellFormed } from "./text";

const ulid = monotonicFactory();

/** A time-ordered id for a run or an event. */
export function newUlid(): string {
  return ulid();
}

/** An event as it is stored: `key` is the id its sender gave, under which a second one is dropped. */
export type StoredEvent = { id: string; name: string; key: string | null; body: string };

export class EventRefused extends Error {
  override readonly name = "EventRefused";
}

/** The events of one request of the event API. `seed` makes a repeated request store them once. */
export function readEvents(payload: unknown, seed: string | null): StoredEvent[] {
  return [payload].flat().map((event, index) => readEvent(event, seed && `${seed},${index}`));
}

/** As an Inngest server checks them: names of its own are its own, times lie between 1980 and 2100. */
const FIRST_MS = Date.UTC(1980, 0, 1);
const LAST_MS = Date.UTC(2100, 0, 1);

function readEvent(given: unknown, seed: string | null): StoredEvent {
  const event = given as Partial<EngineEvent> | null;
  if (typeof event?.name !== "string" || event.name === "") {
    throw new EventRefused("An event needs a name.");
  }
  const name = toWellFormed(event.name);
  if (name.length > LIMITS.nameLength) {
    throw new EventRefused(`The name of an event has ${LIMITS.nameLength} characters at most.`);
  }
  if (/^inngest\//i.test(name)) {
    throw new EventRefused(
      `The event name "${name}" is reserved: names that begin with inngest/ are the engine's.`,
    );
  }
  const { _inngest, ...data } = readData(event.data, name);
  const ts = event.ts || undefined;
  if (ts !== undefined && !(Number.isInteger(ts) && ts >= FIRST_MS && ts <= LAST_MS)) {
    throw new EventRefused(`The ts of the event "${name}" is no time in milliseconds between 1980 and 2100.`);
  }
  const id = seed === null ? ulid() : seededUlid(seed);
  const key = typeof event.id === "string" && event.id !== "" ? event.id : null;
  const stored = storeEvent({ ...event, name, data, ts }, id, key);
  if (Buffer.byteLength(stored.body) > LIMITS.eventBytes) {
    throw new EventRefused(
      `The event "${name}" has ${Buffer.byteLength(stored.body)} bytes; ${LIMITS.eventBytes} is the limit.`,
    );
  }
  return stored;
}

function readData(data: unknown, name: string): Record<string, unknown> {
  if (data === undefined || data === null) return {};
  if (typeof data === "object" && !Array.isArray(data)) return data as Record<string, unknown>;
  throw new EventRefused(`The data of the event "${name}" is no object.`);
}

/**
 * An event of the engine's own, or one made ready by `readEvents`. A time to come is stored with how far away it is:
 * the clock of this machine may be wrong, so that the event's time alone would say nothing to another one.
 */
export function storeEvent(
  event: { name: string; data: Record<string, unknown>; ts?: number; user?: Record<string, unknown> },
  id: string = ulid(),
  key: string | null = null,
): StoredEvent {
  const now = Date.now();
  const { ts = now, user = {} } = event;
  const body = { ...event, id: key ?? id, ts, user, [AHEAD]: ts > now ? ts - now : undefined };
  return { id, name: event.name, key: key && toKey(key), body: JSON.stringify(body) };
}

const AHEAD = "_ahead_ms";

/** A stored event, and how long after it was received its runs may begin, in milliseconds. */
export function readStored(body: string): { event: EngineEvent; aheadMs: number } {
  const { [AHEAD]: aheadMs = 0, ...event } = JSON.parse(body) as EngineEvent & { [AHEAD]?: number };
  return { event, aheadMs };
}

/** Stores events and wakes an engine, wherever it runs. */
export async function sendEvents(sql: Sql | TransactionSql, events: StoredEvent[]): Promise<void> {
  await sql`select engine.send(${JSON.stringify(events)}::text::json)`;
}

/** A ULID whose time is the seed's milliseconds and whose random part is the seed's hash. */
function seededUlid(seed: string): string {
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const hash = createHash("sha256").update(seed).digest();
  const tail = [...hash.subarray(0, 16)].map((byte) => alphabet[byte % 32]).join("");
  const ms = Number(seed.split(",")[0]);
  return encodeTime(Number.isFinite(ms) && ms > 0 ? ms : Date.now(), 10) + tail;
}
