import type { z } from "zod";
import type { Caller } from "@/lib/auth/caller";

/** What a pipeline needs to know before it starts: what may be asked, and what it is called. */
export type OrderForm<I> = {
  schema: z.ZodType;
  /** Fills in what was left open (models, seed) and checks what the input names, so that reruns ask the same. */
  complete(caller: Caller, input: unknown): Promise<I>;
  title(input: I, caller: Caller): Promise<string>;
};
