export type ByteRange = { start: number; end: number };

/**
 * The single range that a `Range` header asks for, both ends included (RFC 9110, section 14). Null where the whole
 * file is the answer: no header, another unit, several ranges, nonsense. `unsatisfiable` begins beyond the file.
 */
export function parseRange(header: string | null, bytes: number): ByteRange | "unsatisfiable" | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  if (!match) return null;
  const [first = "", last = ""] = match.slice(1);
  if (first === "" && last === "") return null;
  if (first === "") return suffix(Number(last), bytes);
  const start = Number(first);
  const end = last === "" ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (last !== "" && Number(last) < start) return null;
  return start >= bytes ? "unsatisfiable" : { start, end };
}

function suffix(length: number, bytes: number): ByteRange | "unsatisfiable" {
  if (length === 0 || bytes === 0) return "unsatisfiable";
  return { start: Math.max(0, bytes - length), end: bytes - 1 };
}
