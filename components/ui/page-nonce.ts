/** The nonce of the page's own scripts, for style elements that parts of it add; none where the server draws it. */
export function pageNonce(): string | undefined {
  if (typeof document === "undefined") return undefined;
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
}
