/** Postgres ended this transaction so that another could go on (deadlock_detected, serialization_failure). */
const DISTURBED = new Set(["40P01", "40001"]);

/** Does a transaction again that Postgres sacrificed: it had no effect. */
export async function insist<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === 5 || !DISTURBED.has((error as { code?: string }).code ?? "")) throw error;
    }
  }
}
