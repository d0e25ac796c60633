import type { Order } from "../capability";
import { toDataUrl } from "../picture-input";
import type { ModelInput } from "./inputs";
import type { Prediction } from "./prediction";

/**
 * Whether a prediction is a lost order of ours.
 * `ours`: it carries our key, or a seed made from it. `same`: in everything that can be compared the very order, so
 * with no other owner it is as good as ours. `perhaps`: nothing speaks against it. In doubt never `not ours`, for
 * what is wrongly thought never taken is paid twice.
 */
export type Likeness = "ours" | "same" | "perhaps" | "not ours";

export function compare(
  prediction: Prediction,
  input: ModelInput,
  key: string,
  picture?: KnownPicture,
): Likeness {
  if (prediction.source === "web" || (prediction.model && prediction.model !== input.slug)) return "not ours";
  const carried = keyIn(prediction.webhook);
  if (carried) return carried === key ? "ours" : "not ours";
  const theirs = prediction.input ?? {};
  const seeded = input.seed !== undefined && typeof theirs.seed === "number";
  if (seeded && theirs.seed !== input.seed) return "not ours";
  if (seeded && input.seedIsOurs) return "ours";
  const sameWords =
    typeof theirs.prompt === "string" && words(theirs.prompt) === words(String(input.plain.prompt));
  if (!sameWords) return seeded || typeof theirs.prompt !== "string" ? "perhaps" : "not ours";
  const pictures = comparePictures(theirs, input, picture);
  if (pictures === "other") return "not ours";
  const equal = Object.entries(input.plain).every(([name, value]) => theirs[name] === value);
  return seeded || (equal && pictures === "same") ? "same" : "perhaps";
}

function words(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function keyIn(webhook: string | null | undefined): string | null {
  return webhook && URL.canParse(webhook) ? new URL(webhook).searchParams.get("generation") : null;
}

/** The first frame of a film in the two forms that can be recognised; an upload has a new address every time. */
export type KnownPicture = { url?: string; dataUrl: string };

export async function knowPicture(order: Order): Promise<KnownPicture | undefined> {
  if (order.capability !== "animateImage") return undefined;
  return { url: await order.input.image.url(), dataUrl: await toDataUrl(order.input.image) };
}

function comparePictures(
  theirs: Record<string, unknown>,
  { frame, references }: ModelInput,
  known: KnownPicture | undefined,
): "same" | "other" | "unknown" {
  if (!frame) return references && theirs[references.name] ? "unknown" : "same";
  const given = theirs[frame];
  if (!known || typeof given !== "string") return "unknown";
  if (given.startsWith("data:")) return given === known.dataUrl ? "same" : "other";
  if (!known.url || !URL.canParse(given)) return "unknown";
  // Our addresses are signed anew each time; their path stays.
  const [ours, other] = [new URL(known.url), new URL(given)];
  if (ours.host !== other.host) return "unknown";
  return ours.pathname === other.pathname ? "same" : "other";
}
