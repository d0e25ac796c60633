import { LIMITS, type Op, type SerializedError } from "./protocol";

/** A step's result as it is kept and handed back on replay: `{"data": …}` or `{"error": …}`, as text. */
export type Memo = { text: string; failed: boolean };

/** The memo of what a step reported. One that threw has an error even where it threw null or nothing at all. */
export function memoOf(op: Op): Memo {
  if (op.op === "StepFailed" || op.op === "StepError" || (op.error ?? null) !== null) {
    return { text: errorMemo(errorOf(op)), failed: true };
  }
  const text = JSON.stringify(op.data ?? null);
  return isTooLarge(text)
    ? { text: errorMemo(tooLarge("step")), failed: true }
    : { text: `{"data":${text}}`, failed: false };
}

/** The error of a step that failed, whatever it threw: null and nothing are errors, too. */
export function errorOf({ error }: Pick<Op, "error">): SerializedError {
  return typeof error === "object" && error !== null ? error : { name: "Error", message: String(error) };
}

export function dataMemo(data: unknown): string {
  const text = JSON.stringify(data ?? null);
  return isTooLarge(text) ? errorMemo(tooLarge("function")) : `{"data":${text}}`;
}

/** Whether an output, as JSON, is beyond what Inngest takes. */
export function isTooLarge(text: string): boolean {
  // In UTF-8 a code unit takes three bytes at most: short texts need no counting.
  return text.length * 3 > LIMITS.stepOutputBytes && Buffer.byteLength(text) > LIMITS.stepOutputBytes;
}

export function tooLarge(what: "step" | "function"): SerializedError {
  const message = `The ${what} returned more than ${LIMITS.stepOutputBytes / 2 ** 20} MB. Store it and return its id.`;
  return { name: "OutputTooLarge", message };
}

export function errorMemo(error: SerializedError): string {
  return JSON.stringify({ error: boundError(error) });
}

/** An error with texts of a bounded length; a cause that is too large for it is left out. */
export function boundError({ name, message, stack, code, cause }: SerializedError): SerializedError {
  const cut = (text: string | undefined) => text?.slice(0, LIMITS.errorLength);
  const isSmall = cause === undefined || (JSON.stringify(cause) ?? "").length <= LIMITS.errorLength * 4;
  return {
    name: cut(String(name)) ?? "Error",
    message: cut(String(message)) ?? "",
    stack: cut(stack),
    ...(typeof code === "string" && { code: cut(code) }),
    ...(typeof code === "number" && { code }),
    ...(isSmall && { cause }),
  };
}
