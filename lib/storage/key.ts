import { missingFile } from "./missing";

const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;
const LONGEST_KEY = 512;

/**
 * Refuses every key that we did not make ourselves: no empty, dotted or hidden segments, no back-slashes,
 * nothing beyond ASCII. What passes is a safe relative path on every file system and a safe URL path.
 */
export function requireKey(key: string): string {
  if (key.length > LONGEST_KEY || !key.split("/").every((part) => SEGMENT.test(part))) {
    throw missingFile();
  }
  return key;
}

/** A prefix is empty, or a key that may end in a slash. */
export function requirePrefix(prefix: string): string {
  if (prefix !== "") requireKey(prefix.replace(/\/$/, ""));
  return prefix;
}

/** What the kinds of files that we keep are served as. Nothing active is among them. */
const MIME_BY_EXTENSION: Record<string, string> = {
  png: "image/png",
  jpg: "image/jpeg",
  webp: "image/webp",
  avif: "image/avif",
  gif: "image/gif",
  mp4: "video/mp4",
  webm: "video/webm",
  weba: "audio/webm",
  mov: "video/quicktime",
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
  aac: "audio/aac",
  wav: "audio/wav",
  flac: "audio/flac",
  ogg: "audio/ogg",
  vtt: "text/vtt",
  json: "application/json",
};

export const UNKNOWN_MIME = "application/octet-stream";

/** The type that a key's extension stands for; the disk remembers no other. */
export function mimeOfKey(key: string): string {
  const dot = key.lastIndexOf(".");
  return MIME_BY_EXTENSION[key.slice(dot + 1).toLowerCase()] ?? UNKNOWN_MIME;
}

/** The extension that a key of this type must end in, so that the type can be told from it. */
export function extensionOf(mime: string): string {
  const found = Object.entries(MIME_BY_EXTENSION).find(([, candidate]) => candidate === mime);
  return found?.[0] ?? "bin";
}
