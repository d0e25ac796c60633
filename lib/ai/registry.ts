import { defineProvider } from "./define-provider";
import { DRAFT } from "./draft/declaration";
import { LEONARDO } from "./leonardo/declaration";
import { OPENAI } from "./openai/declaration";
import type { Provider } from "./provider";
import { REPLICATE } from "./replicate/declaration";

/** Every provider, the preferred one first: a line each. All else that is known of it lies in its folder. */
export const PROVIDERS: Provider[] = [
  defineProvider(REPLICATE, () => import("./replicate")),
  defineProvider(OPENAI, () => import("./openai")),
  defineProvider(LEONARDO, () => import("./leonardo")),
  defineProvider(DRAFT, () => import("./draft")),
];
