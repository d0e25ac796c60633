import { AppError } from "@/lib/errors";
import { missingFile } from "./missing";
import type { PartedUpload } from "./storage";

/** Whatever the length: so few that listing and signing them all stays one short answer. */
const MOST_PARTS = 1_000;

/** The length of the parts of a file of so many bytes: `leastBytes`, or more where there would be too many. */
export function choosePartBytes(bytes: number, leastBytes: number): number {
  return Math.max(leastBytes, Math.ceil(bytes / MOST_PARTS));
}

export function countParts({ bytes, partBytes }: Pick<PartedUpload, "bytes" | "partBytes">): number {
  return Math.max(1, Math.ceil(bytes / partBytes));
}

/** How many bytes a part must have. Throws `not_found` for a number that this upload does not have. */
export function lengthOfPart(upload: Pick<PartedUpload, "bytes" | "partBytes">, number: number): number {
  if (!Number.isInteger(number) || number < 1 || number > countParts(upload)) throw missingFile();
  return Math.min(upload.partBytes, upload.bytes - (number - 1) * upload.partBytes);
}

/** The numbers from 1 that are not among those which have arrived. */
export function missingParts(upload: Pick<PartedUpload, "bytes" | "partBytes">, arrived: number[]): number[] {
  const there = new Set(arrived);
  return Array.from({ length: countParts(upload) }, (_, index) => index + 1).filter((n) => !there.has(n));
}

export function requireAllParts(upload: PartedUpload, arrived: number[]): void {
  const missing = missingParts(upload, arrived).length;
  if (missing === 0) return;
  throw new AppError("bad_input", `${missing} of ${countParts(upload)} parts have not arrived.`, {
    action: "Send the rest.",
  });
}

export function endedUpload(): AppError {
  return new AppError("not_found", "This upload was ended already.", { action: "Send the file again." });
}
