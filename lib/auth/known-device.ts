import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { newToken } from "@/lib/ids";
import { authSecret, isSecure } from "./token";

/** Browsers keep a cookie for 400 days at most. Every sign-in renews it. */
export const DEVICE_SECONDS = 400 * 24 * 3600;
/** How many people who share a browser are known in it. */
const MOST_PEOPLE = 4;
const LONGEST = 1000;

export function deviceCookieName(): string {
  return `${isSecure() ? "__Secure-" : ""}kinora-device`;
}

/** The id of this browser for a person who has signed in with it before; null to everybody else. */
export function findDevice(cookie: string | undefined, userId: string): string | null {
  return idsOf(cookie).find(({ id, signature }) => isSigned(id, userId, signature))?.id ?? null;
}

/** What the cookie says once this person has signed in: known here with the others, their id unchanged. */
export function renewDevice(cookie: string | undefined, userId: string): string {
  const id = findDevice(cookie, userId) ?? newToken();
  const others = idsOf(cookie).filter((one) => one.id !== id);
  const all = [{ id, signature: sign(id, userId) }, ...others].slice(0, MOST_PEOPLE);
  return all.map((one) => `${one.id}.${one.signature}`).join("~");
}

function idsOf(cookie = ""): { id: string; signature: string }[] {
  const found = cookie.slice(0, LONGEST).matchAll(/(?:^|~)([\w-]{43})\.([\w-]{43})(?=~|$)/g);
  return [...found].map(([, id = "", signature = ""]) => ({ id, signature }));
}

function isSigned(id: string, userId: string, signature: string): boolean {
  return timingSafeEqual(Buffer.from(sign(id, userId)), Buffer.from(signature));
}

/** With a key of its own, derived from AUTH_SECRET: neither tells the other. */
function sign(id: string, userId: string): string {
  const key = Buffer.from(hkdfSync("sha256", authSecret(), "", "kinora known devices", 32));
  return createHmac("sha256", key)
    .update(JSON.stringify([id, userId]))
    .digest("base64url");
}
