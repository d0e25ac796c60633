import type { ErrorCode } from "@/lib/errors";

/** What the reconciler can find, and the plain words people see. */
export const FINDING_WORDS = {
  "asked-again": "A queued job was asked for again",
  restarted: "A job whose run had gone was started again",
  settled: "An order of a job that had ended was settled",
  unsettled: "An order could not be settled yet",
  lost: "A paid order gave no result that could be used",
  "over-hold": "An order was billed with more than was reserved for it",
  "budget-difference": "The running totals of a month differ from the ledger",
} as const;
export type FindingKind = keyof typeof FINDING_WORDS;

export type Finding = {
  workspaceId: string;
  kind: FindingKind;
  /** The id of the job or the generation, or the month. */
  subject: string;
  jobId: string | null;
  /** Safe to show: a message, never a prompt or a secret. */
  detail: string | null;
};

export type FindingView = Omit<Finding, "workspaceId"> & {
  jobTitle: string | null;
  times: number;
  firstAt: string;
  lastAt: string;
};

/** An order that a provider has, may have, or is about to have. */
export type OpenOrder = {
  id: string;
  jobId: string;
  jobTitle: string;
  stepName: string;
  provider: string;
  model: string;
  state: "intended" | "posting" | "accepted" | "answered" | "uncertain";
  heldMicros: number;
  createdAt: string;
};

/** How the work of one workspace stands. Times are ISO 8601. */
export type Operations = {
  counts: { queued: number; running: number; waiting: number; paused: number };
  oldestQueued: { id: string; title: string; since: string } | null;
  /** Failed attempts of the last 24 hours, most first. `provider` is null where the studio itself failed. */
  failures: { provider: string | null; code: ErrorCode; attempts: number; jobs: number; lastAt: string }[];
  openOrders: OpenOrder[];
  /** How many orders are open in all; the list holds the oldest. */
  openOrderCount: number;
  findings: FindingView[];
  /** Null: it has never looked. `late`: it should have looked minutes ago. */
  reconciler: { endedAt: string; tookMs: number; late: boolean } | null;
};
