import { z } from "zod";

/** A file that a browser is about to send. Safe in a browser. */
export const NewUpload = z.object({
  /** The last part of whatever the browser calls a name, as people wrote it, without invisible characters. */
  name: z
    .string()
    .transform((name) =>
      (name.normalize("NFC").split(/[/\\]/).at(-1) ?? "").replace(/[\p{Cc}\p{Cs}]/gu, "").trim(),
    )
    .pipe(z.string().min(1, "This file has no name.").max(255, "This file name is too long.")),
  bytes: z.int().min(1, "This file is empty."),
  /** What the browser takes it for; often nothing. */
  type: z.string().max(255).toLowerCase().default(""),
});
export type NewUpload = z.infer<typeof NewUpload>;

/** The parts that a browser sent straight to the bucket; none where they went through us. */
export const FinishedUpload = z.object({
  parts: z
    .array(z.object({ number: z.int().min(1).max(10_000), etag: z.string().min(1).max(200) }))
    .max(10_000)
    .default([]),
});
export type FinishedUpload = z.infer<typeof FinishedUpload>;
