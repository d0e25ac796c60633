import { z } from "zod";
import { cleanFileName, word } from "@/lib/text";

/** A file that a browser is about to send. Safe in a browser. */
export const NewUpload = z.object({
  /** The last part of whatever the browser calls a name. What is too long is cut before its ending. */
  name: z
    .string()
    .transform((name) => cleanFileName(name))
    .pipe(z.string().min(1, "This file has no name.")),
  bytes: z.int().min(1, "This file is empty."),
  /** What the browser takes it for; often nothing. */
  type: z.union([z.literal(""), word(255).toLowerCase()]).default(""),
});
export type NewUpload = z.infer<typeof NewUpload>;

/** The parts that a browser sent straight to the bucket; none where they went through us. */
export const FinishedUpload = z.object({
  parts: z
    .array(z.object({ number: z.int().min(1).max(10_000), etag: word(200) }))
    .max(10_000)
    .default([]),
});
export type FinishedUpload = z.infer<typeof FinishedUpload>;

/** How far an upload is, and how to go on with it. Parts are numbered from 1. */
export type UploadProgress = {
  id: string;
  bytes: number;
  /** The length of all parts but the last. */
  partBytes: number;
  /** The parts that are there; all of them once the file is an asset. */
  arrived: number[];
  /** Where the others may be sent directly, signed; null: through us alone. */
  urls: Record<number, string> | null;
};
