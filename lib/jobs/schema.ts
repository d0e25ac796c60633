import { z } from "zod";
import type { Capability } from "@/lib/ai/schema";
import type { AssetView } from "@/lib/assets/schema";
import type { ErrorRecord } from "@/lib/errors";
import { idOf, prose, word } from "@/lib/text";
import { Ratio } from "./ratios";

export { closestRatio } from "./closest-ratio";
export { RATIOS, Ratio } from "./ratios";

/** The states of a job, and the plain words people see. */
export const JOB_STATES = [
  "queued",
  "running",
  "waiting",
  "paused",
  "completed",
  "failed",
  "canceled",
] as const;
export const JobState = z.enum(JOB_STATES);
export type JobState = z.infer<typeof JobState>;

export const STEP_STATES = ["running", "retrying", "waiting", "completed", "failed", "canceled"] as const;
export type StepState = (typeof STEP_STATES)[number];

export const JOB_STATE_WORDS: Record<JobState, string> = {
  queued: "Queued",
  running: "Making",
  waiting: "Your turn",
  paused: "Paused",
  completed: "Finished",
  failed: "Failed",
  canceled: "Canceled",
};

export const STEP_STATE_WORDS: Record<StepState, string> = {
  running: "Making",
  retrying: "Trying again",
  waiting: "Your turn",
  completed: "Finished",
  failed: "Failed",
  canceled: "Canceled",
};

/** A step of a job: its name is a sentence that people see; its subject tells it from others of that name. */
export type StepName = { name: string; subject: string };

/** The step in one word, as the keys of takes and choices have it. */
export function stepId({ name, subject }: StepName): string {
  return subject ? `${name}/${subject}` : name;
}

/** Ordered from a provider, made on this machine, or asked of a person. */
export type StepKind = "order" | "local" | "gate";

/** What a change of a job would make again, and what that costs and takes. */
export type Impact = {
  lowMicros: number;
  highMicros: number;
  seconds: number;
  /** The steps that would be made, in the order of the program. */
  steps: StepName[];
};

/** What people are asked: to choose a picture, to approve what was made, to settle an order in doubt. */
export type DecisionKind = "choose" | "approve" | "settle";

/** What a resting job waits for. */
export type JobWait =
  | ({ kind: "choice"; options: string[] } & StepName)
  /** `key` stands for exactly what is to be seen; with it, what follows may cost up to so much. */
  | ({ kind: "approval"; key: string; upToMicros: number } & StepName)
  | ({
      kind: "uncertain";
      generationId: string;
      provider: string;
      model: string;
      costMicros: number;
    } & StepName)
  | { kind: "cap"; message: string; neededMicros: number; availableMicros: number };

/** An order whose fate nobody knows: it may have been taken, and billed. */
export type Doubt = StepName & {
  generationId: string;
  /** Which order of its step. */
  part: number;
  provider: string;
  model: string;
  costMicros: number;
  sentAt: string | null;
};

/** Bytes that were paid for and could not be brought into the library, for a person to have. */
export type KeptResult = { url: string; filename: string; bytes: number | null };

/** What is to be said of one order of a step beside what it made. */
export type OrderNote = {
  generationId: string;
  part: number;
  /** It is paid for, or counts as paid, without a result: only a new take orders it anew. */
  spent: boolean;
  said: string[];
  costMicros: number;
  kept: KeptResult[];
};

/** A step as the program names it before it is made. */
export type PlannedStep = StepName & {
  /** What its subject is called, as “still 2”; empty where it has none. */
  title: string;
  kind: StepKind;
  /** What its result is kept under, as far as what it depends on is known. */
  key: string;
  model: string | null;
  /** What making it costs; of what is made already, what it would cost again. */
  lowMicros: number;
  highMicros: number;
  /** How long it usually takes. */
  seconds: number;
  /** Whether "New take" can be asked of it. */
  repeatable: boolean;
  /** Its result is kept, and still holds. */
  made: boolean;
  /** Of a gate: the step whose takes are to choose from. */
  from?: StepName;
};

export const PIPELINES = ["animated-picture", "picture-reading"] as const;
export const Pipeline = z.enum(PIPELINES);
export type Pipeline = z.infer<typeof Pipeline>;

export const PIPELINE_WORDS: Record<Pipeline, { name: string; summary: string }> = {
  "animated-picture": { name: "Animated picture", summary: "A prompt or a picture in, a short film out." },
  "picture-reading": {
    name: "Picture reading",
    summary: "A picture or a frame in, its description, tags and palette out.",
  },
};

/** The order form of the pipeline "animated-picture", safe in a browser. */
export const AnimatedPictureInput = z
  .object({
    prompt: prose({ max: 4_000 }).default(""),
    /** An uploaded or library picture to begin from, in place of generated stills. */
    pictureId: idOf("asset").optional(),
    /** Of what is made from words; what begins from a picture keeps its shape. */
    ratio: Ratio.default("16:9"),
    count: z.int().min(1).max(4).default(2),
    animate: z.boolean().default(true),
    /** Leave empty to take the suggestion of the vision analysis. */
    motion: prose({ max: 2_000 }).default(""),
    durationSeconds: z.int().min(2).max(15).default(5),
    /** Take the first still instead of asking. */
    chooseAutomatically: z.boolean().default(false),
    seed: z.int().min(0).max(2_147_483_647).optional(),
    imageModel: word(120).optional(),
    videoModel: word(120).optional(),
    visionModel: word(120).optional(),
  })
  .refine((input) => input.prompt !== "" || input.pictureId !== undefined, {
    message: "Write a prompt, or add a picture to begin from.",
    path: ["prompt"],
  });
export type AnimatedPictureInput = z.infer<typeof AnimatedPictureInput>;

/** The order form of the pipeline "picture-reading". */
export const PictureReadingInput = z.object({
  assetId: idOf("asset"),
  /** Which moment of a video to read. */
  atSeconds: z.number().min(0).optional(),
  visionModel: word(120).optional(),
});
export type PictureReadingInput = z.infer<typeof PictureReadingInput>;

/** In place of a member's id: what was ordered with `npm run make`, by nobody who is signed in. */
export const COMMAND_LINE = "command-line";

/** A row of the job history. Times are ISO 8601. */
export type JobSummary = {
  id: string;
  pipeline: Pipeline;
  title: string;
  state: JobState;
  wait: JobWait | null;
  error: ErrorRecord | null;
  quoteLowMicros: number;
  quoteHighMicros: number;
  costMicros: number;
  draft: boolean;
  sample: boolean;
  /** Null where nobody was signed in: at the command line. Whoever leaves keeps their name. */
  createdBy: { id: string; name: string } | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** Up to four results, newest last, or what it began from: what the row shows as thumbnails. */
  covers: AssetView[];
};

/** One step as a row of the job page: kept, under way, or still to come. */
export type StepView = StepName & {
  title: string;
  kind: StepKind;
  /** `planned` has not begun. */
  state: StepState | "planned";
  attempts: number;
  provider: string | null;
  model: string | null;
  costMicros: number;
  quoteLowMicros: number;
  quoteHighMicros: number;
  /** 0–1 where the provider tells. */
  progress: number | null;
  /** When the next attempt is due. */
  retryAt: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  /** How long it usually takes. */
  usualSeconds: number;
  error: ErrorRecord | null;
  /** 0 for the first; counts the new takes asked for. */
  take: number;
  /** Whether "New take" can be asked of it. */
  repeatable: boolean;
  /** What one more take makes again: the step itself, and then what depends on it. Null while the job is at work. */
  again: { own: Impact; following: Impact } | null;
  /** A gate where a picture is chosen. */
  isChoice: boolean;
  /** Of a gate: what follows from each of the pictures there are to choose from. */
  choices: Record<string, Impact>;
  /** What is at the provider now: how often it was asked, and when it is asked next. */
  lookingIn: { looks: number; nextAt: string | null } | null;
  /** Attempts that failed, in all runs, oldest first. */
  failures: StepFailure[];
  /** Orders that were lost, came short, or cost more than was reserved for them. */
  orders: OrderNote[];
  /** All takes, oldest first. */
  assets: AssetView[];
};

/** Why an attempt of a step did not succeed, and what was done about it. */
export type StepFailure = {
  id: number;
  at: string;
  run: number;
  provider: string | null;
  message: string;
  /** When it was tried again; null where trying again by itself could not help. */
  retryAt: string | null;
};

/** What somebody decided about a job, as its page tells it. */
export type DecisionView = StepName & {
  id: number;
  kind: DecisionKind;
  value: string;
  /** Null where they have left, or the studio decided for itself. */
  by: string | null;
  upToMicros: number | null;
  at: string;
};

export type JobDetail = JobSummary & {
  input: Record<string, unknown>;
  choices: Record<string, string>;
  /** What people decided, newest first. */
  decisions: DecisionView[];
  /** The picture or film it began from; null where none was given, or it is gone. */
  source: AssetView | null;
  steps: StepView[];
  /** Orders that a person has to decide about, each by itself. */
  doubts: Doubt[];
  /** Reserved and not yet charged or given back. */
  heldMicros: number;
};

/** What a job will do and cost, before it starts. */
export type Quote = {
  lowMicros: number;
  highMicros: number;
  seconds: number;
  steps: PlannedStep[];
};

/** A model as the pickers show it. */
export type ModelView = {
  id: string;
  capability: Capability;
  provider: string;
  providerLabel: string;
  label: string;
  note: string;
  /** Its provider has a key here. */
  available: boolean;
  draft: boolean;
  /** Added up; `unit` in words, as “a picture”. */
  price: { unit: string; lowMicros: number; highMicros: number }[];
  durations: { min: number; max: number; only?: number[] } | null;
  maxCount: number;
};
