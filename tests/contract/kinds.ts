import type { AnswerFault, FateFault, Fault, ProviderName, RequestKind } from "./types";

/** Everything that can go wrong at a provider, by name: what the dice choose from and a storm goes through. */

const on = (kinds: RequestKind[], faults: Record<string, AnswerFault>, provider?: ProviderName): Fault[] =>
  kinds.flatMap((on) =>
    Object.entries(faults).map(([name, answer]) => ({ name: `${on}: ${name}`, on, provider, answer })),
  );
const fates = (provider: ProviderName, faults: Record<string, FateFault>, model?: string): Fault[] =>
  Object.entries(faults).map(([name, fate]) => ({
    name: `${model ?? provider}: ${name}`,
    provider,
    model,
    fate,
  }));

/** Free to be asked again. */
const PASSING: Record<string, AnswerFault> = {
  "dropped after it was read": { drop: "after-taken" },
  "broken off": { drop: "within-answer" },
  "not JSON": { malformed: true },
  "a web page": { junk: "page" },
  throttled: { status: 429, retryAfter: "1" },
  "an error of its own": { status: 500 },
  unavailable: { status: 503 },
};

export const ANSWERS: Fault[] = [
  ...on(["create"], {
    "dropped after it was taken": { drop: "after-taken" },
    "dropped before it was taken": { drop: "before-taken" },
    "broken off": { drop: "within-answer" },
    "not JSON": { malformed: true },
    "a web page": { junk: "page" },
    "timed out, and taken": { status: 408, taken: true },
    "in conflict, and taken": { status: 409, taken: true },
    "too early, and taken": { status: 425, taken: true },
    throttled: { status: 429, retryAfter: "1" },
    "an error of its own": { status: 500 },
    "an error of its own, and taken": { status: 500, taken: true },
    "a bad gateway, and taken": { status: 502, taken: true },
    unavailable: { status: 503 },
  }),
  ...on(["look", "list", "download", "upload", "cancel", "account", "secret", "models"], PASSING),
  ...on(["list"], { "entries that say nothing": { junk: "strangers" } }),
  ...on(["list"], { "it goes on at another host": { junk: "elsewhere" } }, "replicate"),
];

/** A result that is paid for, and cannot be had. */
const UNDELIVERED: Record<string, FateFault> = {
  "its result is not there": { delivery: 404 },
  "its result is gone": { delivery: 410 },
  "its result lies at another host": { delivery: "another host" },
  "its result is too large": { delivery: "too large" },
  "its result leads round in circles": { delivery: "circle" },
  "its result is a web page": { delivery: "page" },
};

const WORDED: Record<string, FateFault> = {
  "dirty words": { words: "dirty" },
  "odd fields": { words: "odd" },
  "bare of all that does not matter": { words: "bare" },
};

const MADE_LATER: Record<string, FateFault> = {
  ...UNDELIVERED,
  ...WORDED,
  "an unknown word for done": { status: "MATERIALISED" },
  "one result null": { nulls: 1 },
  "no result": { empty: true },
  refused: { refuse: true },
  failed: { fail: "Prediction failed: the model stumbled." },
};

/** What OpenAI does to pictures and readings alike; its answer is the result. */
const COUNTED: Record<string, FateFault> = {
  ...WORDED,
  refused: { refuse: true },
  "no usage": { usage: "none" },
  "absurd usage": { usage: "absurd" },
  "negative usage": { usage: "negative" },
  "a bill three times as high": { usage: 3 },
};
const DRAWN: Record<string, FateFault> = {
  "one result null": { nulls: 1 },
  "no result": { empty: true },
  "its result is a web page": { delivery: "page" },
};
const READ: Record<string, FateFault> = {
  "text that is not what was asked for": { text: "A quay at night, I would say." },
  "cut short": { fail: "max_output_tokens" },
};

export const FATES: Fault[] = [
  ...fates("replicate", {
    ...MADE_LATER,
    "an unknown word for its end": { status: "evaporated", empty: true },
    "its result was removed": { removed: true },
    "never begun": { end: "aborted" },
  }),
  ...fates("leonardo", MADE_LATER),
  ...fates("openai", { ...COUNTED, ...DRAWN }, "gpt-image-2.6-flare"),
  ...fates("openai", { ...COUNTED, ...READ }, "gpt-6-luna"),
];
