/** What is surely another variable, and not a line of base64 within a key. */
const SURELY = /^\s*(?:export\s+)?[A-Z][A-Z0-9_]*=[^=]/;
const LINE = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*[=:](.*)$/;

/**
 * Reads a file of `NAME=value` lines as people and editors write them: UTF-8 or UTF-16 with a byte order mark, any line
 * ends, `export`, quotes of three kinds (over several lines too), comments on lines of their own or after a space. A `#`
 * within a value belongs to it: passwords have some. Lines that are nothing of this are left out.
 */
export function readEnvFile(bytes: Buffer): Record<string, string> {
  const lines = decode(bytes).split(/\r\n|\n|\r/);
  const values: Record<string, string> = {};
  for (let at = 0; at < lines.length; at++) {
    const [, name, after = ""] = LINE.exec(lines[at] ?? "") ?? [];
    if (!name) continue;
    const rest = after.trimStart();
    const quote = /^["'`]/.exec(rest)?.[0];
    const quoted = quote && readQuoted(rest, lines, at, quote);
    if (quoted) at = quoted.at;
    values[name] = quoted ? quoted.value : withoutComment(after);
  }
  return values;
}

/** Up to the closing quote, on this line or a later one; undefined where there is none: then it is part of the value. */
function readQuoted(rest: string, lines: string[], at: number, quote: string) {
  const closing =
    quote === '"'
      ? /^((?:[^"\\]|\\[\s\S])*)"\s*(?:#.*)?$/
      : new RegExp(`^([^${quote}]*)${quote}\\s*(?:#.*)?$`);
  for (let [text, end] = [rest.slice(1), at]; ; ) {
    const inside = closing.exec(text)?.[1];
    if (inside !== undefined) return { at: end, value: quote === '"' ? unquote(inside) : inside };
    end += 1;
    // A forgotten quote must not swallow the variables that follow.
    if (end >= lines.length || end - at > 100 || SURELY.test(lines[end] ?? "")) return undefined;
    text += `\n${lines[end]}`;
  }
}

/** Only what stands for a line or a quote: a path of Windows keeps its backslashes. */
function unquote(text: string): string {
  return text.replace(/\\([n"\\])/g, (whole, character: string) =>
    character === "n" ? "\n" : character === '"' ? '"' : whole,
  );
}

function withoutComment(text: string): string {
  return text.replace(/\s#.*$/, "").trim();
}

/** Windows' editors and shells write a byte order mark, or UTF-16. */
function decode(bytes: Buffer): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
