import { readdirSync } from "node:fs";
import { dirname } from "node:path";

const APP = "app";

/** The addresses in app/ that a file of this name answers, as they are written there: `/w/[slug]/jobs/[job]`. */
export function listRoutes(file: "page.tsx" | "route.ts"): string[] {
  return readdirSync(APP, { recursive: true, encoding: "utf8" })
    .filter((path) => path === file || path.endsWith(`/${file}`))
    .map((path) => `/${dirname(path)}`.replace(/\/\([^)]+\)/g, "").replace(/\/\.$/, "") || "/")
    .sort();
}
