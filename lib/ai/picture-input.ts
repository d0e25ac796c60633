import type { MediaInput } from "./capability";

/** The picture within the request itself, as `data:image/png;base64,…`. */
export async function toDataUrl(picture: MediaInput): Promise<string> {
  const bytes = await picture.read();
  return `data:${picture.mime};base64,${bytes.toString("base64")}`;
}

const EXTENSIONS: Record<string, string> = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp" };

/** A file name for an upload; nothing of the owner's own names leaves the house. */
export function uploadName(picture: MediaInput): string {
  return `${picture.sha256.slice(0, 16)}.${EXTENSIONS[picture.mime] ?? "bin"}`;
}
