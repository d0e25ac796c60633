import { and, eq } from "drizzle-orm";
import { db, schema, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { findDevice } from "./known-device";
import { hashPassword, isOutdated, verifyPassword } from "./password";
import type { SignInForm, User } from "./schema";
import { byDevice, byStranger, countAttempt, takeBack } from "./throttle";
import { createUser } from "./users";

const { user, account } = schema;

/**
 * Checks e-mail and password. A wrong password and an unknown e-mail look, and last, the same. A browser that this
 * person has signed in with before is counted by itself, so that nobody elsewhere can lock it out.
 */
export async function signInWithPassword(
  form: SignInForm,
  address: string,
  deviceCookie?: string,
): Promise<User> {
  const [found] = await db().select().from(user).where(eq(user.email, form.email));
  const device = found && findDevice(deviceCookie, found.id);
  const subjects = device ? byDevice(found.id, device) : byStranger(form.email, address);
  const attempt = await countAttempt(subjects);
  if (!(await verifyPassword(form.password, found?.passwordHash ?? null)) || !found) {
    throw new AppError("bad_input", "The e-mail or the password is wrong.", {
      action: "Check both and try again.",
    });
  }
  await takeBack(attempt);
  if (isOutdated(found.passwordHash ?? "")) {
    await db()
      .update(user)
      .set({ passwordHash: await hashPassword(form.password) })
      .where(eq(user.id, found.id));
  }
  return { id: found.id, name: found.name, email: found.email };
}

/** What an identity provider said of a person. `email` is null unless they have verified it. */
export type Identity = { provider: string; accountId: string; name: string; email: string | null };

/** Lets a person without an account in, in the transaction that makes it; throws when nobody invited them. */
export type Admit = (tx: Tx, user: User) => Promise<void>;

/** Why an identity opens nothing. */
export type Refusal = "no_account" | "email_unverified" | "has_password" | "linked_elsewhere";

/**
 * Finds the user behind an identity: linked before, or about to `connect` it, or without a password and with the same
 * verified e-mail, or invited. A refusal for everybody else: there is no open sign-up, and an account that a password
 * opens is only linked by whoever is signed in to it, for nobody has ever verified its e-mail.
 */
export async function signInWithIdentity(
  identity: Identity,
  { admit, connect }: { admit?: Admit; connect?: User },
): Promise<User | Refusal> {
  const linked = await findLinkedUser(identity.provider, identity.accountId);
  if (linked) return connect && connect.id !== linked.id ? "linked_elsewhere" : linked;
  if (connect) {
    await link(db(), connect.id, identity);
    return connect;
  }
  if (!identity.email) return "email_unverified";
  const email = identity.email.trim().toLowerCase();
  const [known] = await db().select().from(user).where(eq(user.email, email));
  if (known?.passwordHash) return "has_password";
  if (known) {
    await link(db(), known.id, identity);
    return { id: known.id, name: known.name, email: known.email };
  }
  if (!admit) return "no_account";
  return createUser({ name: identity.name, email, password: null }, async (tx, created) => {
    await admit(tx, created);
    await link(tx, created.id, identity);
    return created;
  });
}

export async function findLinkedUser(provider: string, accountId: string): Promise<User | null> {
  const [found] = await db()
    .select({ id: user.id, name: user.name, email: user.email })
    .from(account)
    .innerJoin(user, eq(user.id, account.userId))
    .where(and(eq(account.provider, provider), eq(account.providerAccountId, accountId)));
  return found ?? null;
}

async function link(tx: Tx, userId: string, { provider, accountId }: Identity): Promise<void> {
  await tx.insert(account).values({ provider, providerAccountId: accountId, userId }).onConflictDoNothing();
}
