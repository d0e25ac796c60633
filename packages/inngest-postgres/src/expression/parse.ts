/**
 * A small, safe subset of CEL, the language of Inngest's `if` and `key`: paths of `event` and `async`, literals,
 * == != < <= > >= && || ! + ?: and parentheses. Anything else is refused when the function is registered.
 */
export type Expression =
  | { kind: "literal"; value: string | number | boolean | null }
  | { kind: "path"; root: "event" | "async"; keys: (string | number)[] }
  | { kind: "not"; of: Expression }
  | { kind: "binary"; operator: string; left: Expression; right: Expression }
  | { kind: "choice"; test: Expression; yes: Expression; no: Expression };

export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([A-Za-z_][A-Za-z0-9_]*)|(&&|\|\||==|!=|<=|>=|[<>!()[\].+?:-]))/y;

type Token = { kind: "number" | "string" | "name" | "sign"; text: string };

export function parseExpression(source: string): Expression {
  const reader = new Reader(source, readTokens(source));
  const expression = reader.choice();
  reader.end();
  return expression;
}

function readTokens(source: string): Token[] {
  const tokens: Token[] = [];
  const text = source.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw refuse(source, `what begins at "${text.slice(at, at + 12).trim()}"`);
    const [, number, quoted, name, sign] = match;
    if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (quoted !== undefined) tokens.push({ kind: "string", text: unquote(quoted) });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else tokens.push({ kind: "sign", text: sign ?? "" });
  }
  return tokens;
}

function unquote(quoted: string): string {
  const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r" };
  return quoted.slice(1, -1).replace(/\\(.)/g, (_, char: string) => escapes[char] ?? char);
}

function refuse(source: string, what: string): ExpressionError {
  return new ExpressionError(
    `The expression "${source}" uses ${what}. The embedded engine knows paths of event and async, literals, ` +
      "== != < <= > >= && || ! + ?: and parentheses.",
  );
}

/** Binding strength, weakest first. */
const LEVELS = [["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">="], ["+"]];

class Reader {
  private at = 0;

  constructor(
    private readonly source: string,
    private readonly tokens: Token[],
  ) {}

  choice(): Expression {
    const test = this.binary(0);
    if (!this.take("?")) return test;
    const yes = this.choice();
    this.expect(":");
    return { kind: "choice", test, yes, no: this.choice() };
  }

  end(): void {
    const rest = this.tokens[this.at];
    if (rest) throw refuse(this.source, `"${rest.text}" where it should end`);
  }

  private binary(level: number): Expression {
    const operators = LEVELS[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      const operator = operators.find((sign) => this.take(sign));
      if (!operator) return left;
      left = { kind: "binary", operator, left, right: this.binary(level + 1) };
    }
  }

  private unary(): Expression {
    if (this.take("!")) return { kind: "not", of: this.unary() };
    return this.primary();
  }

  private primary(): Expression {
    if (this.take("(")) {
      const inner = this.choice();
      this.expect(")");
      return inner;
    }
    if (this.take("-")) {
      const token = this.next();
      if (token.kind !== "number") throw refuse(this.source, `"-" before "${token.text}"`);
      return { kind: "literal", value: -Number(token.text) };
    }
    const token = this.next();
    if (token.kind === "number") return { kind: "literal", value: Number(token.text) };
    if (token.kind === "string") return { kind: "literal", value: token.text };
    if (token.kind === "name") return this.named(token.text);
    throw refuse(this.source, `"${token.text}" in a place where a value should be`);
  }

  private named(name: string): Expression {
    if (name === "true" || name === "false") return { kind: "literal", value: name === "true" };
    if (name === "null") return { kind: "literal", value: null };
    if (name !== "event" && name !== "async") throw refuse(this.source, `the name "${name}"`);
    const keys: (string | number)[] = [];
    for (;;) {
      if (this.take(".")) {
        const key = this.next();
        if (key.kind !== "name") throw refuse(this.source, `"${key.text}" as part of a path`);
        keys.push(key.text);
      } else if (this.take("[")) {
        const key = this.next();
        if (key.kind !== "string" && key.kind !== "number") throw refuse(this.source, `[${key.text}]`);
        keys.push(key.kind === "number" ? Number(key.text) : key.text);
        this.expect("]");
      } else {
        if (this.tokens[this.at]?.text === "(" && this.tokens[this.at]?.kind === "sign") {
          throw refuse(this.source, `the function "${keys.at(-1) ?? name}"`);
        }
        return { kind: "path", root: name, keys };
      }
    }
  }

  private next(): Token {
    const token = this.tokens[this.at++];
    if (!token) throw refuse(this.source, "nothing where a value should be");
    return token;
  }

  private take(sign: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== "sign" || token.text !== sign) return false;
    this.at++;
    return true;
  }

  private expect(sign: string): void {
    if (!this.take(sign)) throw refuse(this.source, `no "${sign}" where one should be`);
  }
}
