import { and, eq, gt, lte, notExists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { db, schema } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { newId, newToken, sha256 } from "@/lib/ids";
import { type Caller, requireRole } from "./caller";
import { hashPassword } from "./password";
import type { ResetForm, User } from "./schema";
import { revokeSessions } from "./sessions";
import { byReset, countAttempt, forgetStrangers } from "./throttle";

const { member, passwordReset, user } = schema;
const VALID = sql`interval '24 hours'`;

/**
 * A link's token for a member who has forgotten their password. Only where the caller owns every workspace that the
 * member is in: a password opens all of them.
 */
export async function resetMember(caller: Caller, userId: string): Promise<string> {
  requireRole(caller, "owner");
  const [found] = await db()
    .select({ id: member.userId })
    .from(member)
    .where(and(eq(member.workspaceId, caller.workspaceId), eq(member.userId, userId)));
  if (!found) throw notFound("member");
  if (await isElsewhere(caller.userId ?? "", userId)) {
    throw new AppError("forbidden", "They are also in a workspace that is not yours.", {
      action: "Whoever runs the server can make a link: npm run reset-password -- <their e-mail>",
    });
  }
  return createReset(userId, caller.userId);
}

async function isElsewhere(ownerId: string, userId: string): Promise<boolean> {
  const mine = alias(member, "mine");
  const owned = db()
    .select({ id: mine.userId })
    .from(mine)
    .where(and(eq(mine.workspaceId, member.workspaceId), eq(mine.userId, ownerId), eq(mine.role, "owner")));
  const [other] = await db()
    .select({ id: member.workspaceId })
    .from(member)
    .where(and(eq(member.userId, userId), notExists(owned)))
    .limit(1);
  return other !== undefined;
}

/** For whoever runs the server: the account with this e-mail, whatever it is in. Throws `not_found`. */
export async function resetByEmail(email: string): Promise<string> {
  const [found] = await db().select({ id: user.id }).from(user).where(eq(user.email, email));
  if (!found) {
    throw new AppError("not_found", `There is no account with the e-mail ${email}.`, {
      action: "Write it as it is on the page People.",
    });
  }
  return createReset(found.id, null);
}

/** The newest link is the only one that works. The token is returned once and kept as a hash only. */
async function createReset(userId: string, createdBy: string | null): Promise<string> {
  const token = newToken();
  const expiresAt = sql`now() + ${VALID}`;
  await db().transaction(async (tx) => {
    await tx.select({ id: user.id }).from(user).where(eq(user.id, userId)).for("update");
    await tx.delete(passwordReset).where(eq(passwordReset.userId, userId));
    await tx.delete(passwordReset).where(lte(passwordReset.expiresAt, sql`now()`));
    await tx
      .insert(passwordReset)
      .values({ id: newId("reset"), userId, tokenHash: sha256(token), createdBy, expiresAt });
  });
  return token;
}

const isOpen = (token: string) =>
  and(eq(passwordReset.tokenHash, sha256(token)), gt(passwordReset.expiresAt, sql`now()`));

/** Whose password a link sets; null when it was used, has expired or never was. */
export async function findReset(token: string): Promise<User | null> {
  const [found] = await db()
    .select({ id: user.id, name: user.name, email: user.email, madeBy: passwordReset.createdBy })
    .from(passwordReset)
    .innerJoin(user, eq(user.id, passwordReset.userId))
    .where(isOpen(token));
  if (!found) return null;
  const { madeBy, ...whose } = found;
  // They may have joined another workspace since.
  return madeBy !== null && (await isElsewhere(madeBy, whose.id)) ? null : whose;
}

/**
 * Sets the password and signs every browser out. Works once. Guesses at links are counted by where they come from; one
 * that works is none, and nothing that strangers did there stands in its way.
 */
export async function resetPassword(form: ResetForm, address: string): Promise<User> {
  // Before the slow hash: strangers shall not keep the processor busy.
  const found = await findReset(form.token);
  if (!found) {
    await countAttempt(byReset(address));
    throw over();
  }
  if (form.password.toLowerCase() === found.email) {
    const password = "Use something other than your e-mail.";
    throw new AppError("bad_input", password, { fields: { password } });
  }
  const passwordHash = await hashPassword(form.password);
  await db().transaction(async (tx) => {
    const used = await tx.delete(passwordReset).where(isOpen(form.token)).returning({ id: passwordReset.id });
    if (used.length === 0) throw over();
    await tx.update(user).set({ passwordHash }).where(eq(user.id, found.id));
    await revokeSessions(found.id, undefined, tx);
  });
  await forgetStrangers(found.email, address);
  return found;
}

function over(): AppError {
  return new AppError("not_found", "This link has expired or was used already.", {
    action: "Ask an owner of your workspace for a new one.",
  });
}
