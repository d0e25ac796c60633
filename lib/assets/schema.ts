import { line } from "@/lib/text";

export { readFilter, writeFilter } from "./filter-schema";

export const BoardName = line({ max: 80, empty: "A board needs a name." });

/** An asset as pages and the browser see it: no storage keys, URLs signed and short-lived. */
export type AssetView = {
  id: string;
  kind: "picture" | "video" | "audio";
  role: string;
  filename: string;
  mime: string;
  bytes: number;
  width: number | null;
  height: number | null;
  durationSeconds: number | null;
  /** Frames per second of a video. */
  fps: number | null;
  /** Why browsers do not play it, as a sentence; the preview is shown in its place. Null when they do. */
  unplayableBecause: string | null;
  /** The whole file; of a picture that some browsers do not turn, a copy that is upright. */
  url: string;
  /** A small WebP: the picture, or the poster of a video. */
  thumbUrl: string | null;
  /** A small film for hover-to-play; in place of sound that browsers do not play, the whole of it. */
  previewUrl: string | null;
  downloadUrl: string;
  jobId: string | null;
  stepName: string | null;
  take: number;
  provider: string | null;
  model: string | null;
  seed: number | null;
  prompt: string | null;
  costMicros: number;
  draft: boolean;
  palette: string[];
  description: string | null;
  tags: string[];
  suggestedMotion: string | null;
  analysedBy: string | null;
  starred: boolean;
  createdBy: string | null;
  /** ISO 8601. */
  createdAt: string;
};

/** What to show of the library. Everything given must hold. */
export type AssetFilter = {
  /** Words in prompt, description, tags or file name, as typed. */
  q?: string;
  kind?: AssetView["kind"];
  starred?: boolean;
  /** True: only drafts; false: only finals. */
  draft?: boolean;
  boardId?: string;
  jobId?: string;
  tag?: string;
  model?: string;
  /** From the page before. */
  cursor?: string;
  /** 1–100, default 40. */
  limit?: number;
};

/** A board as lists and menus show it. */
export type BoardView = {
  id: string;
  name: string;
  count: number;
  /** Thumbnails of what was added last, at most four; null where there is no picture (sound). */
  covers: (string | null)[];
};

/** One of an asset's family, and how many steps lie between. */
export type RelativeView = { asset: AssetView; distance: number };

/** What an asset was made from and what it was made into, nearest first. */
export type LineageView = { ancestors: RelativeView[]; descendants: RelativeView[] };
