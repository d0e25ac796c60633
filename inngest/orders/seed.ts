import { randomInt } from "node:crypto";

export function randomSeed(): number {
  return randomInt(2_147_483_647);
}
