import { AppError } from "@/lib/errors";

/** Throws `bad_input` for text with a NUL character or half of a surrogate pair, which no database keeps. */
export function refuseBrokenText(text: string): void {
  if (!text.includes("\0") && !/\p{Surrogate}/u.test(text)) return;
  throw new AppError("bad_input", "The request has characters that cannot be kept.", {
    action: "Write the text anew instead of pasting it.",
  });
}

/** Throws `bad_input` for an address that cannot be decoded, or that carries such characters. */
export function refuseBrokenAddress(address: string): void {
  const { pathname, search } = new URL(address);
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname + search);
  } catch (cause) {
    throw new AppError("bad_input", "The address is damaged.", { cause });
  }
  refuseBrokenText(decoded);
}
