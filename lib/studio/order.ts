import { advance } from "./advance";
import type { Ask, Scope } from "./ask";
import { findGeneration, intend } from "./generations";
import type { Standing } from "./standing";
import { stopIfCanceled } from "./stop";

/** Orders one part of a step, or finds what was ordered before. Safe to call any number of times. */
export async function order(scope: Scope, part: number, ask: Ask): Promise<Standing> {
  const intended = await intend(scope, part, ask);
  return "cap" in intended ? { state: "capped", cap: intended.cap } : advance(intended);
}

/** Looks again at what was ordered; where its job was canceled, its provider is asked to stop it. */
export async function lookAt(generationId: string, { isWanted = true } = {}): Promise<Standing> {
  const row = await findGeneration({ id: generationId });
  if (!row) throw new Error(`generation ${generationId} is gone`);
  if (!isWanted) await stopIfCanceled(row);
  return advance(row);
}
