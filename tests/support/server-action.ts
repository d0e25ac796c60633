import { readFile } from "node:fs/promises";
import type { ActionResult } from "@/lib/errors";
import type { Cookie } from "./signed-in";

const MANIFEST = ".next/standalone/.next/server/server-reference-manifest.json";

/** Who asks, and where: a browser that is signed in, on the page of its workspace. */
export type SignedIn = { url: string; slug: string; cookie: Cookie };

/** The id under which the build knows a server action of the workspace's page. */
export async function findAction(name: string): Promise<string> {
  const { node } = JSON.parse(await readFile(MANIFEST, "utf8")) as {
    node: Record<string, { exportedName: string; filename: string }>;
  };
  const found = Object.entries(node).find(
    ([, one]) => one.exportedName === name && one.filename === "app/w/[slug]/actions.ts",
  );
  if (!found) throw new Error(`the build has no server action called ${name}`);
  return found[0];
}

/** Calls it as the page would. Throws when the server does not answer as an action does. */
export async function callAction<T>(
  { url, slug, cookie }: SignedIn,
  action: string,
  input: unknown,
  signal?: AbortSignal,
): Promise<ActionResult<T>> {
  const response = await fetch(`${url}/w/${slug}`, {
    method: "POST",
    headers: {
      "next-action": action,
      "content-type": "text/plain;charset=UTF-8",
      origin: url,
      cookie: `${cookie.name}=${cookie.value}`,
    },
    body: JSON.stringify([slug, input]),
    signal,
  });
  const text = await response.text();
  const row = /^\w+:(\{"ok":.*\})$/m.exec(text)?.[1];
  if (!row) throw new Error(`not an action's answer (${response.status}): ${text.slice(0, 300)}`);
  return JSON.parse(row) as ActionResult<T>;
}
