import type { Expression } from "./parse";

export type Scope = { event?: unknown; async?: unknown };

/** The value of an expression. A path that leads nowhere is `undefined`, which equals nothing but null. */
export function evaluate(expression: Expression, scope: Scope): unknown {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "path":
      return follow(scope[expression.root], expression.keys);
    case "not":
      return evaluate(expression.of, scope) !== true;
    case "choice":
      return evaluate(evaluate(expression.test, scope) === true ? expression.yes : expression.no, scope);
    case "binary":
      return combine(expression, scope);
  }
}

export function isTrue(expression: Expression | undefined, scope: Scope): boolean {
  return expression === undefined || evaluate(expression, scope) === true;
}

function combine({ operator, left, right }: Extract<Expression, { kind: "binary" }>, scope: Scope): unknown {
  if (operator === "&&") return evaluate(left, scope) === true && evaluate(right, scope) === true;
  if (operator === "||") return evaluate(left, scope) === true || evaluate(right, scope) === true;
  const a = evaluate(left, scope);
  const b = evaluate(right, scope);
  if (operator === "==") return areEqual(a, b);
  if (operator === "!=") return !areEqual(a, b);
  if (operator === "+") return add(a, b);
  return compare(operator, a, b);
}

function areEqual(a: unknown, b: unknown): boolean {
  if (a === undefined && b === undefined) return false;
  if (a === undefined || b === undefined) return (a ?? b) === null;
  if (typeof a === "object" || typeof b === "object") return JSON.stringify(a) === JSON.stringify(b);
  return a === b;
}

function compare(operator: string, a: unknown, b: unknown): boolean {
  const comparable =
    (typeof a === "number" && typeof b === "number") || (typeof a === "string" && typeof b === "string");
  if (!comparable) return false;
  if (operator === "<") return a < b;
  if (operator === "<=") return a <= b;
  if (operator === ">") return a > b;
  return a >= b;
}

function add(a: unknown, b: unknown): unknown {
  if (typeof a === "number" && typeof b === "number") return a + b;
  if (typeof a === "string" && typeof b === "string") return a + b;
  return undefined;
}

/** Only own properties of plain JSON values: a path can reach no prototype and no function. */
export function follow(value: unknown, keys: (string | number)[]): unknown {
  let here = value;
  for (const key of keys) {
    if (typeof here !== "object" || here === null || !isOwn(here, key)) return undefined;
    here = (here as Record<string | number, unknown>)[key];
  }
  return here;
}

function isOwn(value: object, key: string | number): boolean {
  return Object.prototype.propertyIsEnumerable.call(value, key);
}
