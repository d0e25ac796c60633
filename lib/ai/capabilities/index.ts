import type { OrderSize } from "../provider";
import { analyseImage } from "./analyse-image";
import { animateImage } from "./animate-image";
import { generateImage } from "./generate-image";

/** Every capability, in the order of the settings: a line each. All else about it stands in its file. */
export const CAPABILITIES = { generateImage, animateImage, analyseImage };

export type Capability = keyof typeof CAPABILITIES;
export const CAPABILITY_NAMES = Object.keys(CAPABILITIES) as [Capability, ...Capability[]];

/** A capability's facts where it is known by its name alone. */
export type AnyFacts = {
  word: string;
  makes: "picture" | "video" | null;
  size(input: unknown): OrderSize;
  read: ((text: string) => unknown) | null;
};

/** The facts of a capability by a name that was stored; undefined for one that is gone. */
export function factsOf(name: string): AnyFacts | undefined {
  return Object.hasOwn(CAPABILITIES, name) ? CAPABILITIES[name as Capability] : undefined;
}
