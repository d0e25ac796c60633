import type { AssetView } from "@/lib/assets/schema";
import { formatBytes } from "./format-bytes";
import type { UploadError } from "./upload-error";

/** `away`: Kinora or the network cannot be reached; `interrupted`: its file has to be chosen again. */
export type UploadState =
  | "waiting"
  | "sending"
  | "away"
  | "checking"
  | "paused"
  | "interrupted"
  | "done"
  | "failed";

/** One file on its way into a library. */
export type Upload = {
  key: string;
  slug: string;
  id: string | null;
  name: string;
  bytes: number;
  /** Null until its file was looked at. */
  fingerprint: string | null;
  /** Which place on a page waits for it; null for the library alone. */
  place: string | null;
  file: File | null;
  state: UploadState;
  sentBytes: number;
  /** Why it waits; null while there is no network. */
  away: UploadError | null;
  error: { message: string; action?: string; canRetry: boolean } | null;
  asset: AssetView | null;
};

export function isOpen({ state }: Upload): boolean {
  return state !== "done" && state !== "failed";
}

/** How far a file is, in words. */
export function describeState({ state, bytes, sentBytes, away, error }: Upload): string {
  const far = `${formatBytes(sentBytes)} of ${formatBytes(bytes)}`;
  if (error) return [error.message, error.action].filter(Boolean).join(" ");
  if (state === "waiting") return `${formatBytes(bytes)}, waiting`;
  if (state === "sending") return far;
  if (state === "paused") return `Paused at ${far}`;
  if (state === "checking") return "Checking and making its thumbnail";
  if (state === "interrupted") return `${formatBytes(bytes)}, interrupted. Choose the file again to go on.`;
  if (state !== "away") return formatBytes(bytes);
  if (away && away.code !== "connection") return `${away.message} It goes on by itself.`;
  return `${away ? "Kinora does not answer" : "No network"}. It goes on by itself from ${far}.`;
}
