import type postgres from "postgres";
import { openPostgres } from "./client";

const ROUNDS = 3;

/**
 * Whether a pooler stands before the database that lends its connections for one transaction at a time. LISTEN,
 * advisory locks and prepared statements do not survive that. Tells by asking who answers: one client's process must
 * stay its own while another's transaction is open.
 */
export async function isTransactionPooled(url: string): Promise<boolean> {
  const open = () => openPostgres(url, { max: 1, prepare: false, fetch_types: false, connect_timeout: 10 });
  const [one, other] = [open(), open()];
  try {
    for (let round = 0; round < ROUNDS; round++) if (await areMixed(one, other)) return true;
    return false;
  } catch (error) {
    if (/statement pooling/i.test((error as Error).message)) return true;
    throw error;
  } finally {
    await Promise.all([one.end({ timeout: 2 }), other.end({ timeout: 2 })]);
  }
}

async function areMixed(one: postgres.Sql, other: postgres.Sql): Promise<boolean> {
  const own = await processOf(one);
  return other.begin(async (transaction) => {
    // Of the same process a second question would wait for ever.
    if ((await processOf(transaction)) === own) return true;
    return (await processOf(one)) !== own;
  });
}

async function processOf(sql: postgres.Sql | postgres.TransactionSql): Promise<number | undefined> {
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  return row?.pid;
}
