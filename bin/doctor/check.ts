import { toAppError } from "@/lib/errors";

/** `off`: not configured, and nothing is missing by it. */
export type State = "ok" | "warn" | "fail" | "off";
export type Finding = { state: State; detail: string; mend?: string };
export type Check = { name: string; state: State; detail: string; mend: string | null };

const SLOWEST_MS = 30_000;

/** Runs one check; what it throws, or a silence, is its failure. */
export async function check(name: string, look: () => Promise<Finding>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    const finding: Finding = { state: "fail", detail: `No answer within ${SLOWEST_MS / 1000} seconds.` };
    timer = setTimeout(() => resolve(finding), SLOWEST_MS);
  });
  try {
    const { state, detail, mend } = await Promise.race([look(), late]);
    return { name, state, detail, mend: mend ?? null };
  } catch (thrown) {
    const known = toAppError(thrown);
    const cause = known.code === "internal" && known.cause instanceof Error ? known.cause.message : undefined;
    return {
      name,
      state: "fail",
      detail: cause ?? known.message,
      mend: cause ? null : (known.action ?? null),
    };
  } finally {
    clearTimeout(timer);
  }
}
