import Replicate from "replicate";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type Call, callProvider } from "../call";
import type { Party } from "../failures";

export const REPLICATE: Party = {
  id: "replicate",
  label: "Replicate",
  keyName: "REPLICATE_API_TOKEN",
  billing: "replicate.com/account/billing",
  afterLostAnswer: "reconcile",
};

type Options = Partial<Pick<Call, "paid" | "timeoutSeconds" | "headers">> & { signal: AbortSignal };

/** One call of Replicate's SDK, which alone would send a POST up to six times when a socket drops. */
export function callReplicate<T>(options: Options, run: (client: Replicate) => Promise<T>): Promise<T> {
  const { REPLICATE_API_TOKEN: auth, REPLICATE_BASE_URL: baseUrl } = env();
  if (!auth) {
    throw new AppError("not_configured", "Replicate has no key here.", {
      provider: "replicate",
      action: "Put your token into REPLICATE_API_TOKEN and restart Kinora, or choose another model.",
    });
  }
  const call: Call = { who: REPLICATE, paid: false, timeoutSeconds: 30, detail: readDetail, ...options };
  return callProvider(call, (fetch) => run(new Replicate({ auth, baseUrl, fetch, useFileOutput: false })));
}

/** Replicate words its errors as a problem document: `{ title, detail, status }`. */
function readDetail(text: string): string {
  try {
    const { detail, title } = JSON.parse(text) as { detail?: unknown; title?: unknown };
    return typeof detail === "string" ? detail : typeof title === "string" ? title : "";
  } catch {
    return "";
  }
}
