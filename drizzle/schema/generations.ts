import { sql } from "drizzle-orm";
import {
  check,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { ErrorRecord } from "@/lib/errors";
import { createdAt, isAmount, micros, moment } from "./columns";
import { job } from "./jobs";
import { workspace } from "./people";

/** A thing ordered from a provider, written before the order is sent. */
export const generation = pgTable(
  "generation",
  {
    id: text().primaryKey(),
    workspaceId: text()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    jobId: text()
      .notNull()
      .references(() => job.id, { onDelete: "cascade" }),
    stepName: text().notNull(),
    subject: text().notNull().default(""),
    stepKey: text().notNull(),
    take: integer().notNull().default(0),
    /** Which order of the step this is (a model that makes one picture at a time is asked several times). */
    part: integer().notNull(),
    /** Counts on when an earlier order verifiably failed or a person gave it up. */
    number: integer().notNull(),
    /** Hash of (job, step, step key, part, number). The same question is never asked twice. */
    key: text().notNull(),
    capability: text().notNull(),
    provider: text().notNull(),
    model: text().notNull(),
    input: jsonb().$type<Record<string, unknown>>().notNull(),
    state: text()
      .$type<
        | "intended"
        | "posting"
        | "accepted"
        | "answered"
        | "succeeded"
        | "failed"
        | "lost"
        | "uncertain"
        | "abandoned"
      >()
      .notNull(),
    operation: jsonb().$type<Record<string, unknown>>(),
    /** What came back, as it came: where the files are, the text. Kept while something of it is not in the library. */
    answer: jsonb().$type<Record<string, unknown>>(),
    result: jsonb().$type<Record<string, unknown>>(),
    error: jsonb().$type<ErrorRecord>(),
    heldMicros: micros().notNull(),
    costMicros: micros().notNull().default(0),
    /** What a person said of it when nobody could know. */
    verdict: text().$type<"order again" | "do not pay again">(),
    looks: integer().notNull().default(0),
    /** Looks or collections in a row that ended in an error. */
    failures: integer().notNull().default(0),
    /** 0–1 where the provider tells. */
    progress: doublePrecision(),
    createdAt: createdAt(),
    postedAt: moment(),
    /** Random, of the process that claimed the right to send it: so that one knows its claim again. */
    claim: text(),
    /** When a look is due: at accepted work, at an answer not yet collected, or at an order without an answer. */
    lookAt: moment(),
    /** When what came back was made durable, and charged. */
    answeredAt: moment(),
    settledAt: moment(),
  },
  (t) => [
    uniqueIndex("generation_key").on(t.key),
    // A provider's operation is adopted by one generation alone.
    uniqueIndex("generation_operation").on(t.provider, sql`(${t.operation} ->> 'id')`),
    index("generation_job").on(t.jobId, t.stepKey, t.part, t.number),
    index("generation_tally").on(t.provider, t.state),
    index("generation_open")
      .on(t.createdAt)
      .where(sql`state in ('intended', 'posting', 'accepted', 'answered', 'uncertain')`),
    index("generation_told").on(t.settledAt).where(sql`state = 'lost' or cost_micros > held_micros`),
    check("generation_cost", isAmount(t.costMicros)),
    check("generation_held", isAmount(t.heldMicros)),
  ],
);

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** Bytes of an answer that neither the media storage nor the disk would take; gone once they are in the library. */
export const answerFile = pgTable(
  "answer_file",
  {
    generationId: text()
      .notNull()
      .references(() => generation.id, { onDelete: "cascade" }),
    index: integer().notNull(),
    bytes: bytea().notNull(),
  },
  (t) => [primaryKey({ columns: [t.generationId, t.index] })],
);

/** Webhooks already seen, by the sender's own delivery id. */
export const webhookDelivery = pgTable("webhook_delivery", {
  id: text().primaryKey(),
  provider: text().notNull(),
  receivedAt: createdAt(),
});
