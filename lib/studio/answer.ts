import { z } from "zod";
import type { OutputFile, Outputs } from "@/lib/ai";
import type { Generation } from "./generations";

/** Where one file of an answer is until it is in the library. `unusable` says why it cannot get there. */
const AnswerFile = z
  .discriminatedUnion("from", [
    z.object({ from: z.literal("url"), url: z.string() }),
    /** In the media storage, beside the job's assets. */
    z.object({ from: z.literal("stored"), key: z.string(), mime: z.string() }),
    /** In the spool of one machine. */
    z.object({ from: z.literal("spool"), name: z.string(), host: z.string(), mime: z.string() }),
    /** In the table `answer_file`. */
    z.object({ from: z.literal("database"), mime: z.string() }),
    /** In the library. */
    z.object({ from: z.literal("library"), assetId: z.string() }),
  ])
  .and(z.object({ unusable: z.string().optional(), bytes: z.number().optional() }));
export type AnswerFile = z.infer<typeof AnswerFile>;

/** What came back for an order, as plain JSON: durable, and enough to collect from for ever. */
export const Answer = z.object({
  files: z.array(AnswerFile),
  text: z.string().optional(),
  seed: z.number().optional(),
  /** How many results fewer came than were ordered. */
  missing: z.number().optional(),
});
export type Answer = z.infer<typeof Answer>;

/** The answer kept in a generation's row. */
export function answerOf(row: Generation): Answer {
  return (row.answer as Answer | null) ?? { files: [] };
}

/** What is kept of an answer beside its files. */
export function wordsOf({ text, seed, missing }: Outputs): Omit<Answer, "files"> {
  return { text, seed, missing };
}

/** Bytes that exist in this process alone, or in a file that will soon be gone. */
export type Fleeting = Exclude<OutputFile, { from: "url" }>;

/** `ws_…/job_…/gen_….answer-0.bin`: beside the assets of the job, under a name that is the generation's. */
export function answerKey(row: Generation, index: number): string {
  return `${row.workspaceId}/${row.jobId}/${row.id}.answer-${index}.bin`;
}

/** The keys in the media storage that an answer still needs. */
export function storedKeys({ files }: Answer): string[] {
  return files.flatMap((file) => (file.from === "stored" ? [file.key] : []));
}
