import { AppError } from "@/lib/errors";
import type { ImageAnalysis } from "./capability";
import type { Begun, Provider } from "./provider";

/** A provider whose sending is apart from what is free before it. */
export type Prepared = Provider & Required<Pick<Provider, "prepare">>;

/** For providers that only know `begin`: what it throws is a clear no, unless it says that the answer was lost. */
export function prepared(provider: Provider): Prepared {
  return {
    prepare: async (order, context) => async () => {
      try {
        return withText(await provider.begin(order, context));
      } catch (error) {
        if (error instanceof AppError && error.code !== "answer_lost") return { state: "declined", error };
        throw error;
      }
    },
    ...provider,
  };
}

/** Data travels as text, so that it can be read again. */
function withText(begun: Begun): Begun {
  if (begun.state !== "succeeded" || !begun.outputs.data) return begun;
  return { ...begun, outputs: { ...begun.outputs, text: JSON.stringify(begun.outputs.data) } };
}

/** The analysis in a provider's text. */
export function readAnalysis(text: string): ImageAnalysis {
  return JSON.parse(text) as ImageAnalysis;
}
