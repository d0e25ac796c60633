import { sql } from "drizzle-orm";
import { bigserial, check, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, isAmount, micros } from "./columns";
import { workspace } from "./people";

/**
 * Append-only; a trigger refuses update and delete. `hold` reserves, `release` gives back, `charge` is paid.
 * All amounts are positive. Open holds = Σ hold − Σ release; spent = Σ charge.
 */
export const ledger = pgTable(
  "ledger",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    workspaceId: text().notNull(),
    jobId: text(),
    generationId: text(),
    /** The month whose cap it counts against, UTC, as 2026-11: that of the hold it belongs to. */
    month: text().notNull(),
    kind: text().$type<"hold" | "release" | "charge">().notNull(),
    amountMicros: micros().notNull(),
    /** Refuses the same entry twice. */
    key: text().notNull().unique(),
    createdAt: createdAt(),
  },
  (t) => [
    index("ledger_job").on(t.jobId),
    index("ledger_generation").on(t.generationId),
    index("ledger_month").on(t.workspaceId, t.month),
    index("ledger_workspace").on(t.workspaceId, t.id),
    check("ledger_amount", isAmount(t.amountMicros)),
    check("ledger_kind", sql`${t.kind} in ('hold', 'release', 'charge')`),
    check("ledger_month_format", sql`${t.month} ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'`),
  ],
);

/** The running totals of a workspace's month; the row that is locked when money is reserved. */
export const budget = pgTable(
  "budget",
  {
    workspaceId: text()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    month: text().notNull(),
    heldMicros: micros().notNull().default(0),
    chargedMicros: micros().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.month] })],
);
