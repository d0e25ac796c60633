import { z } from "zod";

/** The shapes on offer, the usual one first. */
export const RATIOS = ["16:9", "9:16", "1:1", "4:3", "3:4"] as const;
export const Ratio = z.enum(RATIOS);
export type Ratio = z.infer<typeof Ratio>;
