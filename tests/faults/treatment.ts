/** What becomes of a request that breaks down on its way. */
export type Treatment = "refused" | "lost" | "answer lost" | "answer cut" | "never answered";

/** Where the relay takes requests to treat them so. */
export const ADDRESSES = new Map<Treatment, string>();

/** Where a request goes that is to be treated so: the same path, and its true host within. */
export function relayUrl(treatment: Treatment, to: URL): URL {
  const url = new URL(ADDRESSES.get(treatment) ?? "");
  url.pathname = `/${to.host}${to.pathname}`;
  url.search = to.search;
  return url;
}
