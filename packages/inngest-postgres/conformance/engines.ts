import type { Inngest, InngestFunction } from "inngest";

/** An engine under test: a client made for it, and a way to give it functions. */
export type EngineUnderTest = {
  client: Inngest;
  /** Registers the functions and begins to work. */
  serve(functions: InngestFunction.Any[]): Promise<void>;
  stop(): Promise<void>;
};

export type EngineKind = "embedded" | "inngest";

/** The functions of the suite fail on purpose: what the SDK says about it is no news. */
const ignore = () => undefined;
export const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };
