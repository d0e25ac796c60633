import { AppError } from "@/lib/errors";

/**
 * Tells the Inngest server where the web server serves the functions, as a sync in its dashboard would. Throws
 * `internal` when the server cannot be told: no job would ever start.
 */
export async function registerFunctions(local: string): Promise<void> {
  const url = `${local}/api/inngest`;
  const answer = await fetch(url, { method: "PUT", signal: AbortSignal.timeout(30_000) }).catch(() => null);
  if (answer?.ok) return;
  const said: unknown = await answer?.json().catch(() => null);
  throw new AppError("internal", "Inngest could not be told about Kinora's functions.", {
    action: "Check that the Inngest server runs, and INNGEST_DEV or INNGEST_BASE_URL; then start again.",
    cause: new Error(said ? JSON.stringify(said) : `no answer from ${url}`),
  });
}
