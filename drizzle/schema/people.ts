import { index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, micros, moment } from "./columns";

export const user = pgTable(
  "user",
  {
    id: text().primaryKey(),
    email: text().notNull(),
    name: text().notNull(),
    /** scrypt, salted; null for people who only sign in with an identity provider. */
    passwordHash: text(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("user_email").on(t.email)],
);

/** A sign-in at an identity provider that belongs to a user. */
export const account = pgTable(
  "account",
  {
    provider: text().notNull(),
    providerAccountId: text().notNull(),
    userId: text()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.providerAccountId] }), index("account_user").on(t.userId)],
);

/** One signed-in browser. The token carries the id; a revoked or expired row ends it at once. */
export const session = pgTable(
  "session",
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    userAgent: text(),
    createdAt: createdAt(),
    lastSeenAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    revokedAt: moment(),
  },
  (t) => [index("session_user").on(t.userId)],
);

/** A link to set a new password, once; only the hash of its token is kept. */
export const passwordReset = pgTable(
  "password_reset",
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    tokenHash: text().notNull(),
    /** The owner who made it; null for whoever runs the server. */
    createdBy: text().references(() => user.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
    expiresAt: moment().notNull(),
  },
  (t) => [uniqueIndex("password_reset_token").on(t.tokenHash), index("password_reset_user").on(t.userId)],
);

/** Failed sign-ins per e-mail and address, for slowing down guessing. */
export const signInAttempt = pgTable(
  "sign_in_attempt",
  {
    id: text().primaryKey(),
    subject: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [index("sign_in_attempt_subject").on(t.subject, t.createdAt)],
);

export const workspace = pgTable(
  "workspace",
  {
    id: text().primaryKey(),
    slug: text().notNull(),
    name: text().notNull(),
    /** What this workspace may spend in a calendar month (UTC); null: no cap. */
    monthCapMicros: micros(),
    /** What one job may spend; null: no cap. */
    jobCapMicros: micros(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("workspace_slug").on(t.slug)],
);

export const member = pgTable(
  "member",
  {
    workspaceId: text()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    userId: text()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    role: text().$type<"owner" | "editor" | "viewer">().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.userId] }), index("member_user").on(t.userId)],
);

/** An invitation by link; only the hash of the link's token is kept. */
export const invitation = pgTable(
  "invitation",
  {
    id: text().primaryKey(),
    workspaceId: text()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    role: text().$type<"editor" | "viewer">().notNull(),
    tokenHash: text().notNull(),
    createdBy: text()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    uses: integer().notNull().default(0),
    createdAt: createdAt(),
    expiresAt: moment().notNull(),
    revokedAt: moment(),
  },
  (t) => [uniqueIndex("invitation_token").on(t.tokenHash), index("invitation_workspace").on(t.workspaceId)],
);

/** The default model per capability; no row: the best configured one, else draft. */
export const modelChoice = pgTable(
  "model_choice",
  {
    workspaceId: text()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    capability: text().notNull(),
    model: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.capability] })],
);
