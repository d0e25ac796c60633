import { compile, evaluate, findMatch, type Path } from "./expression";
import { toKey, toWellFormed } from "./text";

/** An expression as a listener stores it: what can be looked up by an index, and the whole to check. */
export type Listening = { expression: string | null; match_path: string; match_key: string };

/** Beyond this a path is not worth an index entry, nor would it fit into one. */
const PATH_LENGTH = 500;

/** Before an expression with characters that Postgres does not take; no expression begins so. */
const QUOTED = "json:";

/** The source of a stored expression. */
export function readExpression(stored: string): string {
  return stored.startsWith(QUOTED) ? (JSON.parse(stored.slice(QUOTED.length)) as string) : stored;
}

/** What to store for a wait (or a cancellation) of the run that `event` started. Throws ExpressionError. */
export function listenFor(source: string | undefined, event: unknown): Listening {
  if (source === undefined) return { expression: null, match_path: "", match_key: "" };
  const expression = source === toWellFormed(source) ? source : `${QUOTED}${JSON.stringify(source)}`;
  const match = findMatch(compile(source));
  const match_path = match ? JSON.stringify(match.async) : "";
  if (!match || match_path.length > PATH_LENGTH) return { expression, match_path: "", match_key: "" };
  return { expression, match_path, match_key: matchKey(evaluate(match.other, { event })) };
}

/** A value as listeners are found by; a missing one counts as null, and the whole expression decides. */
export function matchKey(value: unknown): string {
  return toKey(JSON.stringify(value ?? null));
}

export function parsePath(matchPath: string): Path {
  return JSON.parse(matchPath) as Path;
}
