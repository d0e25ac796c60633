import { evaluate } from "./evaluate";
import { type Expression, parseExpression } from "./parse";

export { evaluate, follow, isTrue, type Scope } from "./evaluate";
export { type Expression, ExpressionError, parseExpression } from "./parse";

/**
 * The first condition of the form `event.x == async.y` that must hold. Waits are stored under it, so that an event
 * finds the few that concern it by an index instead of asking every waiting run.
 */
export function findMatch(expression: Expression): { event: Path; async: Path } | undefined {
  if (expression.kind !== "binary") return undefined;
  const { operator, left, right } = expression;
  if (operator === "&&") return findMatch(left) ?? findMatch(right);
  if (operator !== "==" || left.kind !== "path" || right.kind !== "path" || left.root === right.root) return;
  return left.root === "event"
    ? { event: left.keys, async: right.keys }
    : { event: right.keys, async: left.keys };
}

export type Path = (string | number)[];

const compiled = new Map<string, Expression>();

/** Parses once per source text. Throws ExpressionError. */
export function compile(source: string): Expression {
  let expression = compiled.get(source);
  if (!expression) {
    expression = parseExpression(source);
    if (compiled.size > 1000) compiled.clear();
    compiled.set(source, expression);
  }
  return expression;
}

/** The key an expression gives for an event, as text: equal values give equal keys. */
export function evaluateKey(source: string | undefined, event: unknown): string {
  if (source === undefined) return "";
  return JSON.stringify(evaluate(compile(source), { event }) ?? null);
}
