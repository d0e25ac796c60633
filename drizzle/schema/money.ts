import { bigserial, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, micros } from "./columns";
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
    /** Calendar month of the entry, UTC, as 2026-11. */
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
