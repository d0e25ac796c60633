import type postgres from "postgres";
import { currentLife, Died, type Life, statement } from "./life";
import { failureOf } from "./statement";

type Begin = (...args: unknown[]) => Promise<unknown>;
type Work = (client: postgres.Sql) => Promise<unknown>;
/** A transaction whose connection was lost takes no more statements. */
type Transaction = { broken: boolean };

/** A postgres.js client whose statements can break down. Tagged templates are the tests' own, and never do. */
export function breakable<T extends postgres.Sql>(sql: T, within?: Transaction): T {
  return new Proxy(sql, {
    get(target, name, receiver) {
      if (name === "unsafe") return (...args: Query) => query(target, args, within);
      if (name === "begin") return transactions(target.begin.bind(target) as Begin);
      return Reflect.get(target, name, receiver);
    },
  });
}

type Query = Parameters<postgres.Sql["unsafe"]>;

/** A query begins in the next microtask: by then it is known whether its rows are wanted as arrays. */
function query(sql: postgres.Sql, args: Query, within?: Transaction) {
  let asArrays = false;
  const send = async () => (asArrays ? sql.unsafe(...args).values() : sql.unsafe(...args));
  const name = `${within ? "within a transaction: " : ""}${nameOf(args[0])}`;
  const sent = Promise.resolve().then(async () => {
    if (within?.broken) throw failureOf("query", "lost");
    try {
      return await statement("query", name, send);
    } catch (thrown) {
      if (within) within.broken = true;
      throw thrown;
    }
  });
  return Object.assign(sent, {
    values() {
      asArrays = true;
      return sent;
    },
  });
}

function transactions(begin: Begin): Begin {
  return async (...args) => {
    const life = currentLife();
    const work = args.pop() as Work;
    return life ? transact(life, begin, args, work) : begin(...args, work);
  };
}

/** A process that dies within a transaction leaves it undone; a commit may take effect without its answer. */
async function transact(life: Life, begin: Begin, options: unknown[], work: Work): Promise<unknown> {
  const transaction: Transaction = { broken: false };
  let passage = "go";
  try {
    const result = await begin(...options, async (client: postgres.Sql) => {
      const done = await Promise.race([work(breakable(client, transaction)), life.death]);
      if (transaction.broken) throw failureOf("commit", "lost");
      passage = await Promise.race([life.pass("commit", "commit"), life.death]);
      return done;
    });
    if (passage === "lose the answer") throw failureOf("commit", "answer lost");
    return result;
  } catch (thrown) {
    if (thrown instanceof Died) return new Promise(() => undefined);
    throw thrown;
  }
}

/** `update generation set state = …`: enough to find it again, without its values. */
function nameOf(text: string): string {
  return text.replaceAll('"', "").replace(/\s+/g, " ").slice(0, 90);
}
