import { env, publicUrl } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** How long a browser stays signed in. */
export const SESSION_SECONDS = 30 * 24 * 3600;

/** Signs and encrypts the session cookie. */
export function authSecret(): string {
  const secret = env().AUTH_SECRET;
  if (secret) return secret;
  throw new AppError("not_configured", "AUTH_SECRET is not set, so nobody can sign in.", {
    action: "Start Kinora with npm start, which makes one, or set AUTH_SECRET (32 characters or more).",
  });
}

/** Over https the cookie is refused to plain http. */
export function isSecure(): boolean {
  return publicUrl().startsWith("https://");
}

export function sessionCookieName(): string {
  return `${isSecure() ? "__Secure-" : ""}next-auth.session-token`;
}
