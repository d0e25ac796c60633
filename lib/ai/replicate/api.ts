import Replicate from "replicate";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type Call, callProvider, placeOrder } from "../call";
import type { Begun, Send } from "../provider";
import { REPLICATE } from "./declaration";

type Options = Partial<Pick<Call, "timeoutSeconds" | "headers" | "explain">> & { signal: AbortSignal };

/** One free call of Replicate's SDK, which alone would send a POST up to six times when a socket drops. */
export function callReplicate<T>(options: Options, run: (client: Replicate) => Promise<T>): Promise<T> {
  const connect = connector();
  return callProvider({ ...toCall(options), paid: false }, (fetch) => run(connect(fetch)));
}

/** One order through Replicate's SDK, to be sent. */
export function orderFromReplicate(options: Options, run: (client: Replicate) => Promise<Begun>): Send {
  const connect = connector();
  return () => placeOrder(toCall(options), (fetch) => run(connect(fetch)));
}

function connector(): (fetch: typeof globalThis.fetch) => Replicate {
  const { REPLICATE_API_TOKEN: auth, REPLICATE_BASE_URL: baseUrl } = env();
  if (!auth) {
    throw new AppError("not_configured", "Replicate has no key here.", {
      provider: "replicate",
      action: "Put your token into REPLICATE_API_TOKEN and restart Kinora, or choose another model.",
    });
  }
  return (fetch) => new Replicate({ auth, baseUrl, fetch, useFileOutput: false });
}

function toCall(options: Options): Omit<Call, "paid"> {
  return { who: REPLICATE, timeoutSeconds: 30, detail: readDetail, ...options };
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
