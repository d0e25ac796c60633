import type { AssetFilter, AssetView } from "@/lib/assets/schema";
import { writeFilter } from "@/lib/assets/schema";
import type { ErrorRecord } from "@/lib/errors";

export type AssetViews = { assets: AssetView[]; nextCursor: string | null };

/** A request that Kinora answered with an error, or did not answer. */
export class FetchError extends Error {
  constructor(readonly error: Pick<ErrorRecord, "message" | "action">) {
    super(error.message);
  }
}

export function fetchAssets(slug: string, filter: AssetFilter, signal?: AbortSignal): Promise<AssetViews> {
  return getJson(`/api/w/${encodeURIComponent(slug)}/assets?${writeFilter(filter)}`, signal);
}

export function fetchAsset(slug: string, id: string, signal?: AbortSignal): Promise<AssetView> {
  return getJson(`/api/w/${encodeURIComponent(slug)}/assets/${encodeURIComponent(id)}`, signal);
}

async function getJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    throw new FetchError({
      message: "Kinora did not answer.",
      action: "Check the connection and try again.",
    });
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  const { error } = (body ?? {}) as { error?: { message?: string; action?: string } };
  throw new FetchError({
    message: error?.message ?? `The server answered ${response.status}.`,
    action: error?.action ?? "Try again in a moment.",
  });
}
