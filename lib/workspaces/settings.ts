import { and, eq } from "drizzle-orm";
import { type Capability, factsOf } from "@/lib/ai/schema";
import { type Caller, requireRole } from "@/lib/auth/caller";
import { db, schema } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { Caps, ModelChoices } from "./schema";

const { workspace, modelChoice } = schema;

/** The default model per capability, where the workspace has chosen one. */
export async function getModelChoices(caller: Caller): Promise<ModelChoices> {
  const rows = await db().select().from(modelChoice).where(eq(modelChoice.workspaceId, caller.workspaceId));
  const known = rows.filter(
    (row): row is typeof row & { capability: Capability } => factsOf(row.capability) !== undefined,
  );
  return Object.fromEntries(known.map((row) => [row.capability, row.model]));
}

/** Chooses the default model of a capability; null leaves it to Kinora again. */
export async function chooseModel(
  caller: Caller,
  capability: Capability,
  model: string | null,
): Promise<void> {
  requireRole(caller, "owner");
  const { workspaceId } = caller;
  if (model === null) {
    await db()
      .delete(modelChoice)
      .where(and(eq(modelChoice.workspaceId, workspaceId), eq(modelChoice.capability, capability)));
    return;
  }
  await db()
    .insert(modelChoice)
    .values({ workspaceId, capability, model })
    .onConflictDoUpdate({ target: [modelChoice.workspaceId, modelChoice.capability], set: { model } });
}

export async function getCaps(caller: Caller): Promise<Caps> {
  const [caps] = await db()
    .select({ monthCapMicros: workspace.monthCapMicros, jobCapMicros: workspace.jobCapMicros })
    .from(workspace)
    .where(eq(workspace.id, caller.workspaceId));
  if (!caps) throw notFound("workspace");
  return caps;
}

/** What this workspace may spend in a calendar month (UTC) and in one job, in micro-dollars; null: no cap. */
export async function setCaps(caller: Caller, caps: Caps): Promise<void> {
  requireRole(caller, "owner");
  await db().update(workspace).set(caps).where(eq(workspace.id, caller.workspaceId));
}
