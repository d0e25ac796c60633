import { advance } from "./advance";
import type { Ask, Scope } from "./ask";
import { findGeneration, intend } from "./generations";
import type { Standing } from "./standing";

/** Orders one part of a step, or finds what was ordered before. Safe to call any number of times. */
export async function order(scope: Scope, part: number, ask: Ask): Promise<Standing> {
  const intended = await intend(scope, part, ask);
  return "cap" in intended ? { state: "capped", cap: intended.cap } : advance(intended);
}

/** Looks again at what was ordered. */
export async function lookAt(generationId: string): Promise<Standing> {
  const row = await findGeneration({ id: generationId });
  if (!row) throw new Error(`generation ${generationId} is gone`);
  return advance(row);
}
