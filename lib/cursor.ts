import { AppError } from "./errors";

/** A place in a list that is sorted by (created_at, id), newest first. */
export type Place = { createdAt: Date; id: string };

export function encodeCursor({ createdAt, id }: Place): string {
  return Buffer.from(`${createdAt.getTime()}~${id}`).toString("base64url");
}

export function decodeCursor(text: string): Place {
  const [millis = "", id = ""] = Buffer.from(text, "base64url").toString("utf8").split("~");
  const createdAt = new Date(Number(millis));
  if (!/^\d{1,13}$/.test(millis) || !/^[\w-]{1,100}$/.test(id)) {
    throw new AppError("bad_input", "This page link is damaged.", { action: "Begin at the first page." });
  }
  return { createdAt, id };
}
