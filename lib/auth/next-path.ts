const OURS = "http://kinora.invalid";

/** Where to go after signing in: a path of ours, never another site. */
export function safePath(path: unknown): string {
  if (typeof path !== "string" || !path.startsWith("/") || !URL.canParse(path, OURS)) return "/";
  // The URL parser knows what browsers make of backslashes, tabs and doubled slashes.
  const url = new URL(path, OURS);
  return url.origin === OURS && !url.pathname.startsWith("//") ? url.pathname + url.search + url.hash : "/";
}
