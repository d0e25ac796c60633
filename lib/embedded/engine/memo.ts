import { LIMITS, type Op, type SerializedError } from "./protocol";

/** A step's result as it is kept and handed back on replay: `{"data": …}` or `{"error": …}`, as text. */
export function memoOf(op: Op): string {
  if (op.error !== undefined) return errorMemo(op.error);
  return dataMemo(op.data);
}

export function dataMemo(data: unknown): string {
  if (!isTooLarge(data)) return JSON.stringify({ data: data ?? null });
  return errorMemo({
    name: "OutputTooLarge",
    message: `The step returned more than ${LIMITS.stepOutputBytes / 2 ** 20} MB. Store it and return its id.`,
  });
}

/** Whether a step's output is beyond what Inngest takes. */
export function isTooLarge(data: unknown): boolean {
  const text = JSON.stringify(data ?? null);
  // In UTF-8 a code unit takes three bytes at most: short texts need no counting.
  return text.length * 3 > LIMITS.stepOutputBytes && Buffer.byteLength(text) > LIMITS.stepOutputBytes;
}

export function errorMemo(error: SerializedError): string {
  const { name, message, stack, cause } = error;
  return JSON.stringify({ error: { name, message, stack, cause } });
}
