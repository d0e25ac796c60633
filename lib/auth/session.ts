import { cookies, headers } from "next/headers";
import { redirect, notFound as showNotFound } from "next/navigation";
import { decode } from "next-auth/jwt";
import { cache } from "react";
import { AppError, notFound } from "@/lib/errors";
import { DEVICE_SECONDS, deviceCookieName, renewDevice } from "./known-device";
import { findCaller, findSessionUser, hasUsers, isMember, type KnownCaller } from "./queries";
import type { User } from "./schema";
import { revokeSession } from "./sessions";
import { authSecret, isSecure, sessionCookieName } from "./token";

/*
 * The one file of this room that knows Next. Everything else takes plain values.
 */

export type SignedIn = User & { sessionId: string };

/** Who is signed in in this browser, checked against the database; null when nobody is. Read once per request. */
export const currentUser = cache(async (): Promise<SignedIn | null> => {
  const sessionId = await currentSessionId();
  const user = sessionId ? await findSessionUser(sessionId) : null;
  return user && sessionId ? { ...user, sessionId } : null;
});

/** Whether whoever is signed in in this browser is a member of the workspace now. */
export async function isSignedInTo(workspaceId: string): Promise<boolean> {
  const sessionId = await currentSessionId();
  return sessionId !== null && isMember(sessionId, workspaceId);
}

/** Like currentUser; where nobody is signed in, pages lead to /sign-in, actions and routes throw `signed_out`. */
export async function requireUser(): Promise<SignedIn> {
  const user = await currentUser();
  if (user) return user;
  const target = (await hasUsers()) ? `/sign-in?next=${encodeURIComponent(await currentPath())}` : "/setup";
  throw orNavigate(
    new AppError("signed_out", "You are signed out.", { action: "Sign in and try again." }),
    () => redirect(target),
  );
}

/** The signed-in person in the workspace of a URL. Another team's workspace is not found. */
export const requireCaller = cache(async (slug: string): Promise<KnownCaller> => {
  const user = await requireUser();
  const caller = await findCaller(user, slug);
  if (caller) return caller;
  throw orNavigate(notFound("workspace"), showNotFound);
});

async function currentSessionId(): Promise<string | null> {
  const token = (await cookies()).get(sessionCookieName())?.value;
  if (!token) return null;
  try {
    const payload = await decode({ token, secret: authSecret() });
    return typeof payload?.sid === "string" ? payload.sid : null;
  } catch (error) {
    // A cookie of another secret, or a forged one: the same as none.
    if (error instanceof AppError) throw error;
    return null;
  }
}

async function currentPath(): Promise<string> {
  return (await headers()).get("x-kinora-path") ?? "/";
}

/**
 * An error for those who catch it (actions and routes answer with it), and a navigation for Next where nobody
 * does: Next tells its own signals by their digest.
 */
function orNavigate(error: AppError, navigate: () => never): AppError {
  try {
    navigate();
  } catch (signal) {
    return Object.assign(error, { digest: (signal as { digest: string }).digest });
  }
}

/** Signs this browser out: its session ends in the database, and its cookie goes. */
export async function leaveSession(): Promise<void> {
  const user = await currentUser();
  if (user) await revokeSession(user.id, user.sessionId);
  (await cookies()).delete({ name: sessionCookieName(), path: "/", secure: isSecure() });
}

/** What this browser says of who has signed in with it before; worth nothing until it is checked for a person. */
export async function deviceCookie(): Promise<string | undefined> {
  return (await cookies()).get(deviceCookieName())?.value;
}

/** From now on this browser is known for this person, also after they have signed out. */
export async function rememberDevice(userId: string): Promise<void> {
  const value = renewDevice(await deviceCookie(), userId);
  const options = { httpOnly: true, sameSite: "lax" as const, secure: isSecure(), path: "/" };
  (await cookies()).set(deviceCookieName(), value, { ...options, maxAge: DEVICE_SECONDS });
}
