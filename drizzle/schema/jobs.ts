import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";
import type { ErrorRecord } from "@/lib/errors";
import type { FindingKind } from "@/lib/jobs/operator-schema";
import type { DecisionKind, JobState, JobWait, PlannedStep, StepState } from "@/lib/jobs/schema";
import { createdAt, micros, moment } from "./columns";
import { user, workspace } from "./people";

/** One order of one pipeline. */
export const job = pgTable(
  "job",
  {
    id: text().primaryKey(),
    workspaceId: text()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    createdBy: text().references(() => user.id, { onDelete: "set null" }),
    pipeline: text().notNull(),
    title: text().notNull(),
    input: jsonb().$type<Record<string, unknown>>().notNull(),
    state: text().$type<JobState>().notNull(),
    /** Why it rests: a choice, a doubtful payment, the cap. */
    wait: jsonb().$type<JobWait>(),
    error: jsonb().$type<ErrorRecord>(),
    /** Counts the runs; a run whose number is no longer this one stops at its next step. */
    run: integer().notNull().default(1),
    /** How many new takes were asked for, per step. Part of a step's key. */
    takes: jsonb().$type<Record<string, number>>().notNull().default({}),
    /** What people decided at the gates, per step. */
    choices: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** The program as last planned: what is made, and what is to come with its price. */
    plan: jsonb().$type<PlannedStep[]>().notNull().default([]),
    quoteLowMicros: micros().notNull().default(0),
    quoteHighMicros: micros().notNull().default(0),
    /** Charged so far. */
    costMicros: micros().notNull().default(0),
    draft: boolean().notNull().default(false),
    sample: boolean().notNull().default(false),
    createdAt: createdAt(),
    startedAt: moment(),
    finishedAt: moment(),
    /** Last sign of life from a run; the reconciler looks here. */
    touchedAt: moment().notNull().defaultNow(),
  },
  (t) => [
    // Lists are read newest first: backwards. An index made `desc()` here is `nulls last`, which no list asks for.
    index("job_history").on(t.workspaceId, t.createdAt, t.id),
    index("job_history_state").on(t.workspaceId, t.state, t.createdAt, t.id),
    index("job_history_pipeline").on(t.workspaceId, t.pipeline, t.createdAt, t.id),
    index("job_history_member").on(t.workspaceId, t.createdBy, t.createdAt, t.id),
    index("job_open").on(t.touchedAt).where(sql`state in ('queued', 'running')`),
    index("job_rests").on(t.state).where(sql`state in ('waiting', 'paused')`),
  ],
);

/** A finished or running step: its result is kept under the hash of what it depends on. */
export const jobStep = pgTable(
  "job_step",
  {
    jobId: text()
      .notNull()
      .references(() => job.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** Of what, where the program has several steps of one name; else empty. */
    subject: text().notNull().default(""),
    /** SHA-256 of (dependsOn, take). */
    key: text().notNull(),
    position: integer().notNull(),
    run: integer().notNull(),
    take: integer().notNull().default(0),
    state: text().$type<StepState>().notNull(),
    /** Ids and numbers only. */
    result: jsonb(),
    error: jsonb().$type<ErrorRecord>(),
    attempts: integer().notNull().default(0),
    retryAt: moment(),
    /** 0–1, of what is made on this machine. */
    progress: doublePrecision(),
    startedAt: createdAt(),
    finishedAt: moment(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.name, t.subject, t.key] })],
);

/** What people decided about a job: who, what, when, and up to how much. */
export const decision = pgTable(
  "decision",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    workspaceId: text()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    jobId: text()
      .notNull()
      .references(() => job.id, { onDelete: "cascade" }),
    /** Null once they have left, and for the studio itself. */
    userId: text().references(() => user.id, { onDelete: "set null" }),
    kind: text().$type<DecisionKind>().notNull(),
    /** The gate, or the step of the order in doubt. */
    name: text().notNull(),
    subject: text().notNull().default(""),
    /** The asset that was chosen, the key of what was approved, the verdict on an order. */
    value: text().notNull(),
    generationId: text(),
    /** What was allowed to be spent by it. */
    upToMicros: micros(),
    createdAt: createdAt(),
  },
  (t) => [index("decision_job").on(t.jobId, t.id)],
);

/** Runs to ask the engine for: entered in one transaction with the job, out again once the engine has the event. */
export const outbox = pgTable("outbox", {
  jobId: text()
    .primaryKey()
    .references(() => job.id, { onDelete: "cascade" }),
  run: integer().notNull(),
  createdAt: createdAt(),
});

/** What happened, in order; carried to browsers by NOTIFY and server-sent events. */
export const jobEvent = pgTable(
  "job_event",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    workspaceId: text().notNull(),
    jobId: text()
      .notNull()
      .references(() => job.id, { onDelete: "cascade" }),
    type: text().notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    index("job_event_job").on(t.jobId, t.id),
    index("job_event_workspace").on(t.workspaceId, t.id),
    index("job_event_failure")
      .on(t.createdAt, t.workspaceId)
      .where(sql`type in ('step.retrying', 'step.failed')`),
  ],
);

/** What the reconciler found and did about it; the same thing found again is counted, not listed again. */
export const finding = pgTable(
  "finding",
  {
    workspaceId: text()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    kind: text().$type<FindingKind>().notNull(),
    /** The id of the job or the generation, or the month whose totals differ. */
    subject: text().notNull(),
    jobId: text().references(() => job.id, { onDelete: "cascade" }),
    times: integer().notNull().default(1),
    detail: text(),
    firstAt: createdAt(),
    lastAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.kind, t.subject] }),
    index("finding_recent").on(t.workspaceId, t.lastAt),
  ],
);

/** When a regular errand of the studio last ended. */
export const errand = pgTable("errand", {
  name: text().primaryKey(),
  endedAt: createdAt(),
  tookMs: integer().notNull(),
});
