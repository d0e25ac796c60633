import { evaluate } from "./evaluate";
import { type Expression, parseExpression } from "./parse";

export { evaluate, follow, isTrue, type Scope } from "./evaluate";
export { type Expression, ExpressionError, parseExpression } from "./parse";

/**
 * The first condition of the form `async.path == …` that must hold, where the other side does not ask for the event to
 * come. Waits are stored under it, so that an event finds the few that concern it by an index.
 */
export function findMatch(expression: Expression): { async: Path; other: Expression } | undefined {
  if (expression.kind !== "binary") return undefined;
  const { operator, left, right } = expression;
  if (operator === "&&") return findMatch(left) ?? findMatch(right);
  if (operator !== "==") return undefined;
  for (const [side, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (side.kind === "path" && side.root === "async" && !asks(other)) return { async: side.keys, other };
  }
  return undefined;
}

/** Whether an expression's value depends on the event to come. */
function asks(expression: Expression): boolean {
  switch (expression.kind) {
    case "literal":
      return false;
    case "path":
      return expression.root === "async";
    case "not":
      return asks(expression.of);
    case "choice":
      return asks(expression.test) || asks(expression.yes) || asks(expression.no);
    case "binary":
      return asks(expression.left) || asks(expression.right);
  }
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

/** The key an expression gives for an event: as on Inngest, 7 and "7" are one key, null is one, and so is nothing. */
export function evaluateKey(source: string | undefined, event: unknown): string {
  if (source === undefined) return "";
  const value = evaluate(compile(source), { event });
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "<nothing>");
}
