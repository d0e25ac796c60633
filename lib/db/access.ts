import { sql } from "drizzle-orm";
import type { Tx } from ".";

/** Where every web process hears that a person may see less (or more) than before; the payload is their id. */
export const ACCESS_CHANNEL = "kinora_access";

/** Has the open streams of a person asked again whether they may go on, once the transaction is committed. */
export async function announceAccess(tx: Tx, userId: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${ACCESS_CHANNEL}, ${userId})`);
}
