import { randomUUID } from "node:crypto";
import { and, desc, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { requireOffered } from "@/lib/ai";
import { type CapReached, holdForGeneration } from "@/lib/budget";
import { db, schema, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { contentHash, newId } from "@/lib/ids";
import { stepId } from "@/lib/jobs/schema";
import { type Ask, quoteAsk, readAsk, type Scope } from "./ask";
import { persist } from "./persist";
import { mayBeOrderedAgain } from "./standing";

const { generation, job } = schema;
/** As long as the database is waited for with an answer that no disk has. */
const UNCLAIM_SECONDS = 600;
export type Generation = typeof generation.$inferSelect;
export type GenerationState = Generation["state"];

/**
 * The generation of this part of the step: the one ordered before, or a new row with its hold, written before
 * anything is sent. A new one comes only after one that was neither delivered nor billed, or by a person's word.
 */
export async function intend(
  scope: Scope,
  part: number,
  ask: Ask,
): Promise<Generation | { cap: CapReached }> {
  return db().transaction(async (tx) => {
    const [latest] = await tx
      .select()
      .from(generation)
      .where(
        and(
          eq(generation.jobId, scope.jobId),
          eq(generation.stepName, scope.name),
          eq(generation.subject, scope.subject),
          eq(generation.stepKey, scope.stepKey),
          eq(generation.part, part),
        ),
      )
      .orderBy(desc(generation.number))
      .limit(1);
    if (latest && !mayBeOrderedAgain(latest)) return latest;
    return insert(tx, scope, part, (latest?.number ?? -1) + 1, ask);
  });
}

async function insert(tx: Tx, scope: Scope, part: number, number: number, ask: Ask) {
  const model = requireOffered(ask.model);
  const heldMicros = quoteAsk(ask).highMicros;
  const key = contentHash([scope.jobId, stepId(scope), scope.stepKey, part, number]);
  const [row] = await tx
    .insert(generation)
    .values({
      id: newId("gen"),
      workspaceId: scope.workspaceId,
      jobId: scope.jobId,
      stepName: scope.name,
      subject: scope.subject,
      stepKey: scope.stepKey,
      take: scope.take,
      part,
      number,
      key,
      capability: ask.capability,
      provider: model.provider,
      model: ask.model,
      input: ask,
      state: "intended",
      heldMicros,
    })
    .onConflictDoNothing()
    .returning();
  if (!row) {
    const [other] = await tx.select().from(generation).where(eq(generation.key, key));
    if (!other) throw new AppError("internal", "Two workers ordered the same thing; this one steps back.");
    return other;
  }
  const cap = await holdForGeneration(tx, purseOf(row), heldMicros);
  if (cap) {
    await tx.delete(generation).where(eq(generation.id, row.id));
    return { cap };
  }
  return row;
}

export async function findGeneration(by: { id: string } | { key: string }): Promise<Generation | null> {
  const [row] = await db()
    .select()
    .from(generation)
    .where("id" in by ? eq(generation.id, by.id) : eq(generation.key, by.key));
  return row ?? null;
}

/** Of these operations of its provider, those that belong to other generations. */
export async function findOwned(row: Generation, operationIds: string[]): Promise<Set<string>> {
  const id = sql<string>`${generation.operation} ->> 'id'`;
  const rows = await db()
    .select({ id })
    .from(generation)
    .where(and(eq(generation.provider, row.provider), inArray(id, operationIds), ne(generation.id, row.id)));
  return new Set(rows.map((one) => one.id));
}

/** What an order can become once it may have been sent: whatever comes then, it is never again merely intended. */
type Onward = Exclude<GenerationState, "intended">;

/** Moves a generation on, if it still is in the state it is expected in; null when somebody else was faster. */
export async function moveGeneration(
  tx: Tx,
  row: Pick<Generation, "id">,
  from: GenerationState[],
  change: PgUpdateSetSource<typeof generation> & { state: Onward },
): Promise<Generation | null> {
  const [moved] = await tx
    .update(generation)
    .set(change)
    .where(and(eq(generation.id, row.id), inArray(generation.state, from)))
    .returning();
  return moved ?? null;
}

/** The one way back: for an order that certainly was not taken. Null when this claim is no longer the one that stands. */
export function returnUnsent(row: Generation): Promise<Generation | null> {
  const sameClaim = row.postedAt ? eq(generation.postedAt, row.postedAt) : undefined;
  return goBack(row, ["posting"], sameClaim);
}

async function goBack(row: Generation, from: GenerationState[], claimed: SQL | undefined) {
  const [returned] = await db()
    .update(generation)
    .set({ state: "intended", postedAt: null, lookAt: null, claim: null })
    .where(and(eq(generation.id, row.id), inArray(generation.state, from), claimed))
    .returning();
  return returned ?? null;
}

/**
 * Takes the right to send the order, once, and only while its job is wanted; null where it cannot be had. Where the
 * answer to that is lost, this process alone knows that nothing was sent: it gives back what it may have taken.
 */
export async function claimSending(row: Generation, postSeconds: number): Promise<Generation | null> {
  const claim = randomUUID();
  try {
    const [claimed] = await db()
      .update(generation)
      .set({
        state: "posting",
        postedAt: sql`now()`,
        lookAt: sql`now() + make_interval(secs => ${postSeconds})`,
        claim,
      })
      .where(
        and(
          eq(generation.id, row.id),
          eq(generation.state, "intended"),
          sql`exists (select 1 from ${job} where ${job.id} = ${row.jobId} and ${job.state} in ('queued', 'running'))`,
        ),
      )
      .returning();
    return claimed ?? null;
  } catch (thrown) {
    const unsent: GenerationState[] = ["posting", "uncertain"];
    await persist("a claim given back", UNCLAIM_SECONDS, () =>
      goBack(row, unsent, eq(generation.claim, claim)),
    );
    throw thrown;
  }
}

export function purseOf(row: Generation) {
  return { workspaceId: row.workspaceId, jobId: row.jobId, generationId: row.id };
}

export function askOf(row: Generation): Ask {
  return readAsk(row.input);
}
