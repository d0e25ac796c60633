import { NextRequest } from "next/server";

const ORIGIN = "http://localhost:3000";
/** Every name that a route reads from its query, and one that none does. */
const NAMES = ["w", "job", "after", "cursor", "q", "tag", "callbackUrl", "generation", "error", "n"];

const cursor = (text: string) => Buffer.from(text).toString("base64url");
const ODD_VALUES = [
  "",
  "-1",
  "1e400",
  "9".repeat(40),
  "__proto__",
  "[object Object]",
  "javascript:alert(1)",
  "'\"\\;--",
  "x".repeat(20_000),
  ...["~", "1~", "~a", "-1~a", "9e99~a", "8640000000000001~a", "1~a\0b", "1~\ud83d"].map(cursor),
].map(encodeURIComponent);

/** Pieces of an address that cannot be decoded, or not kept. */
export const BROKEN_PIECES = ["%00", "a%00b", "%ff", "%", "%E0%A4%A", "%c0%80"];

const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const TEXTS: [string, BodyInit | undefined][] = [
  ["nothing", undefined],
  ["empty", ""],
  ["no JSON", "{"],
  ["unclosed brackets", "[".repeat(60_000)],
  ["deep nesting", deep(5_000)],
  ["deep nesting in a field", `{"name":${deep(5_000)}}`],
  ["a huge body", "[".repeat(1_100_000)],
  ["a NUL", '{"name":"a\\u0000b"}'],
  ["a bare NUL", "\0"],
  ["half an emoji", '{"name":"\\ud83d"}'],
  ["bytes that are no text", new Uint8Array([0x7b, 0xff, 0xfe])],
  ["a form with NUL", "email=a%00b&password=%00&csrfToken=%00"],
  ["a damaged form", "email=%ff&%=%&callbackUrl=%ff"],
];
const VALUES = [
  null,
  true,
  0,
  1e308,
  "text",
  [],
  [null],
  {},
  { __proto__: null },
  { name: null, bytes: -1, type: 7 },
  { name: "a.png", bytes: 1e308, type: "image/png" },
  { name: {}, bytes: "NaN", type: [] },
  { parts: "all" },
  { parts: [{ number: 1e21, etag: 5 }] },
  { email: {}, password: [], csrfToken: 5, callbackUrl: {} },
  { email: "a", password: "b", csrfToken: "c", callbackUrl: "http://[" },
];
const BODIES: [string, BodyInit | undefined][] = [
  ...TEXTS,
  ...VALUES.map((value): [string, string] => [JSON.stringify(value), JSON.stringify(value)]),
];
const TYPES = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data", ""];

export type Hostile = { name: string; request: NextRequest; piece?: string; broken: boolean };

/** Requests to a path (`{}` stands for what its folders leave open) as somebody would send them to break it. */
export function* makeHostileRequests(path: string, method: string, good: string): Generator<Hostile> {
  const ask = (address: string, init: { body?: BodyInit; headers?: Record<string, string> } = {}) =>
    new NextRequest(new URL(ORIGIN + address), { method, ...init, duplex: "half" } as never);
  for (const piece of [...BROKEN_PIECES, ...ODD_VALUES]) {
    const broken = BROKEN_PIECES.includes(piece);
    if (path.includes("{}") && piece !== "")
      yield {
        name: `in the path: ${piece.slice(0, 30)}`,
        request: ask(path.replaceAll("{}", piece)),
        piece,
        broken,
      };
    for (const name of NAMES) {
      const query = name === "w" ? `${name}=${piece}` : `w=${good}&${name}=${piece}`;
      const request = ask(`${path.replaceAll("{}", good)}?${query}`);
      yield { name: `?${name}=${piece.slice(0, 30)}`, request, broken };
    }
  }
  if (method === "GET" || method === "HEAD") return;
  for (const [name, body] of BODIES)
    for (const type of TYPES) {
      const headers: Record<string, string> = type ? { "content-type": type } : {};
      const request = ask(path.replaceAll("{}", good), { body, headers });
      yield { name: `${name} as ${type || "nothing"}`, request, broken: false };
      const signed = { "webhook-id": "m", "webhook-timestamp": "1", "webhook-signature": "v1,eA==" };
      if (!path.includes("webhooks") && !path.includes("inngest")) continue;
      yield {
        name: `signed: ${name} as ${type}`,
        request: ask(path, { body, headers: { ...headers, ...signed, "x-inngest-signature": "t=1&s=x" } }),
        broken: false,
      };
    }
}
