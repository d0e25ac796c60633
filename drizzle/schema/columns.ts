import { bigint, timestamp } from "drizzle-orm/pg-core";

export const moment = () => timestamp({ withTimezone: true, precision: 3 });
export const createdAt = () => moment().notNull().defaultNow();
/** Money as integer micro-dollars: 1_000_000 is one dollar; safe in a double up to 9 billion dollars. */
export const micros = () => bigint({ mode: "number" });
