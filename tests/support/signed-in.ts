import { encode } from "next-auth/jwt";
import { openSession } from "@/lib/auth/sessions";
import { authSecret, sessionCookieName } from "@/lib/auth/token";

export type Cookie = { name: string; value: string };

/** Signs a person in, in the database of this process's environment, and bakes the cookie of their browser. */
export async function signIn(userId: string): Promise<Cookie> {
  const sid = await openSession(userId, "a test");
  return { name: sessionCookieName(), value: await encode({ token: { sid }, secret: authSecret() }) };
}
