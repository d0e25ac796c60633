import type { ActionResult } from "@/lib/errors";

type Target = { url?: string };

async function post(path: string, fields: Record<string, string>): Promise<Target> {
  const answer = await fetch("/api/auth/csrf", { cache: "no-store" });
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  const body = new URLSearchParams({ ...fields, csrfToken, json: "true" });
  const reply = await fetch(`/api/auth/${path}`, { method: "POST", body });
  return (await reply.json()) as Target;
}

/** Signs in with e-mail and password: the one way in, also right after an account has been made. */
export async function enter(input: { email: string; password: string }): Promise<ActionResult<null>> {
  const { url } = await post("callback/credentials", { ...input, callbackUrl: "/" });
  const outcome = url ? new URL(url, window.location.origin) : null;
  const refusal = outcome?.searchParams.get("error");
  if (outcome && !refusal && !outcome.searchParams.has("csrf")) return { ok: true, value: null };
  return {
    ok: false,
    error: {
      code: "bad_input",
      message: refusal ?? "The sign-in was not accepted. Try again.",
      retry: "never",
    },
  };
}

/** Leaves for an identity provider, which leads back to `next`. */
export async function enterWith(provider: string, next: string): Promise<void> {
  const { url } = await post(`signin/${provider}`, { callbackUrl: next });
  window.location.assign(url ?? "/sign-in?error=OAuthSignin");
}

/** Signs a new account in and opens its workspace; where that fails, the sign-in page leads there. */
export async function enterWorkspace(
  slug: string,
  { email, password }: { email: string; password: string },
): Promise<void> {
  const entered = await enter({ email, password });
  window.location.assign(entered.ok ? `/w/${slug}` : `/sign-in?next=/w/${slug}`);
}
