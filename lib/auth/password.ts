import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import pLimit from "p-limit";

const deriveKey = promisify(scrypt) as (
  password: string,
  salt: Buffer,
  bytes: number,
  options: ScryptOptions,
) => Promise<Buffer>;

/** OWASP's scrypt setting for 32 MiB: N = 2^15, r = 8, p = 3, as strong as N = 2^17 with p = 1. */
const STRENGTH = { ln: 15, r: 8, p: 3 };
const KEY_BYTES = 32;

// A flood of sign-ins must not take all the memory, nor every thread of the pool.
const limit = pLimit(2);

type Hash = { ln: number; r: number; p: number; salt: Buffer; key: Buffer };

function derive(password: string, { ln, r, p, salt }: Omit<Hash, "key">): Promise<Buffer> {
  const maxmem = 256 * 2 ** ln * r;
  return limit(() => deriveKey(password.normalize("NFKC"), salt, KEY_BYTES, { N: 2 ** ln, r, p, maxmem }));
}

function parse(stored: string): Hash | null {
  const match = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored);
  if (!match) return null;
  const [ln, r, p] = match.slice(1, 4).map(Number) as [number, number, number];
  const [salt, key] = match.slice(4).map((part) => Buffer.from(part, "base64")) as [Buffer, Buffer];
  return { ln, r, p, salt, key };
}

/** `$scrypt$ln=15,r=8,p=3$<salt>$<key>`: the strength travels with the hash, so that it can grow later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, { ...STRENGTH, salt });
  const { ln, r, p } = STRENGTH;
  return `$scrypt$ln=${ln},r=${r},p=${p}$${salt.toString("base64")}$${key.toString("base64")}`;
}

const NOBODY: Hash = { ...STRENGTH, salt: randomBytes(16), key: randomBytes(KEY_BYTES) };

/** Takes as long for an account that does not exist (`null`) as for a wrong password. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const hash = stored === null ? null : parse(stored);
  const expected = hash ?? NOBODY;
  const key = await derive(password, expected);
  return key.length === expected.key.length && timingSafeEqual(key, expected.key) && hash !== null;
}

/** Whether a hash was made with another strength than today's. */
export function isOutdated(stored: string): boolean {
  const hash = parse(stored);
  return !hash || hash.ln !== STRENGTH.ln || hash.r !== STRENGTH.r || hash.p !== STRENGTH.p;
}
