import { eq, sql } from "drizzle-orm";
import { db, LOCKS, schema, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { hashPassword, verifyPassword } from "./password";
import type { User } from "./schema";
import { revokeSessions } from "./sessions";
import { bySession, countAttempt, takeBack } from "./throttle";

const { user } = schema;

type NewUser = { name: string; email: string; password: string | null };
/** What is made in the same transaction as the account: a workspace, or a membership. */
type Also<T> = (tx: Tx, user: User) => Promise<T>;

/** Makes an account together with what it is for, so that neither is there without the other. */
export async function createUser<T>(input: NewUser, also: Also<T>): Promise<T> {
  const passwordHash = input.password === null ? null : await hashPassword(input.password);
  return db().transaction(async (tx) => also(tx, await insertUser(tx, input, passwordHash)));
}

/** Makes the owner's account. Of two first visitors at once, one wins and the other is told. */
export async function createFirstUser<T>(input: NewUser & { password: string }, also: Also<T>): Promise<T> {
  const passwordHash = await hashPassword(input.password);
  return db().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCKS.firstUser})`);
    if ((await tx.select({ id: user.id }).from(user).limit(1)).length > 0) {
      throw new AppError("conflict", "This studio has an owner already.", {
        action: "Sign in, or ask the owner for an invitation.",
      });
    }
    return also(tx, await insertUser(tx, input, passwordHash));
  });
}

async function insertUser(tx: Tx, { name, email }: NewUser, passwordHash: string | null): Promise<User> {
  const [created] = await tx
    .insert(user)
    .values({ id: newId("user"), name, email, passwordHash })
    .onConflictDoNothing({ target: user.email })
    .returning({ id: user.id, name: user.name, email: user.email });
  if (created) return created;
  throw new AppError("conflict", "There is an account with this e-mail.", {
    action: "Sign in with it, then open the invitation again.",
    fields: { email: "There is an account with this e-mail: sign in instead." },
  });
}

export async function renameUser(userId: string, name: string): Promise<void> {
  await db().update(user).set({ name }).where(eq(user.id, userId));
}

/** Sets a new password after a look at the old one, and signs every other browser out. */
export async function changePassword(
  userId: string,
  sessionId: string,
  input: { current: string; password: string },
): Promise<void> {
  const [row] = await db().select({ hash: user.passwordHash }).from(user).where(eq(user.id, userId));
  if (row?.hash) {
    const attempt = await countAttempt(bySession(userId, sessionId));
    if (!(await verifyPassword(input.current, row.hash))) {
      throw new AppError("bad_input", "The current password is wrong.", {
        fields: { current: "This is not your current password." },
      });
    }
    await takeBack(attempt);
  }
  const passwordHash = await hashPassword(input.password);
  await db().transaction(async (tx) => {
    await tx.update(user).set({ passwordHash }).where(eq(user.id, userId));
    await revokeSessions(userId, sessionId, tx);
  });
}
