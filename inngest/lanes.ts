import { db } from "@/lib/db";
import { countOpenSteps } from "@/lib/jobs";

/**
 * Engines let what a throttle holds back go in the order of asking: behind a film of two hundred orders a single picture
 * of another team would be the last. So a provider's rate is divided between two lanes, and who has asked for much stands
 * in the other one.
 */
export type Lane = "few" | "many";

const LANES = 2;
/** What is still few: so many orders of a step, and so many open steps of its workspace. */
const FEW = { orders: 4, steps: 2 };

/** Which lane the orders of a step go by that has just been opened. */
export async function laneOf(workspaceId: string, orders: number): Promise<Lane> {
  if (orders > FEW.orders) return "many";
  return (await countOpenSteps(db(), workspaceId)) > FEW.steps ? "many" : "few";
}

/** A provider's rate as a throttle of two lanes: together they never ask it faster than it may be. */
export function throttleOf(perMinute: number) {
  const limit = Math.max(1, Math.floor(perMinute / LANES));
  return { key: "event.data.lane", limit, period: "1m" as const, burst: Math.ceil(limit / 10) };
}
