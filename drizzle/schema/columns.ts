import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import { bigint, timestamp } from "drizzle-orm/pg-core";

export const moment = () => timestamp({ withTimezone: true, precision: 3 });
export const createdAt = () => moment().notNull().defaultNow();
/** Money as integer micro-dollars: 1_000_000 is one dollar; safe in a double up to 9 billion dollars. */
export const micros = () => bigint({ mode: "number" });

/** The most that one order or one entry of the ledger can be: a million dollars. Beyond it a figure is a mistake. */
export const MOST_MICROS = 1_000_000_000_000;
export const isAmount = (column: AnyColumn): SQL =>
  sql`${column} between 0 and ${sql.raw(String(MOST_MICROS))}`;
