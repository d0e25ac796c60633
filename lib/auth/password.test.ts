import { describe, expect, it } from "vitest";
import { hashPassword, isOutdated, verifyPassword } from "./password";

describe("passwords", () => {
  it("are kept as salted scrypt with their strength", async () => {
    const [a, b] = await Promise.all([hashPassword("open sesame"), hashPassword("open sesame")]);
    expect(a).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$/);
    expect(a).not.toBe(b);
    expect(isOutdated(a)).toBe(false);
  });

  it("are compared, however the letters were composed", async () => {
    const stored = await hashPassword("caf\u00e9 au lait");
    expect(await verifyPassword("cafe\u0301 au lait", stored)).toBe(true);
    expect(await verifyPassword("cafe au lait", stored)).toBe(false);
  });

  it("match nothing where there is no hash, or one of another kind", async () => {
    expect(await verifyPassword("", null)).toBe(false);
    expect(await verifyPassword("x", "$2b$10$abc")).toBe(false);
    expect(isOutdated("$2b$10$abc")).toBe(true);
  });

  it("take as long for an account that does not exist", async () => {
    const stored = await hashPassword("open sesame");
    const time = async (hash: string | null) => {
      const start = process.hrtime.bigint();
      await verifyPassword("guess", hash);
      return Number(process.hrtime.bigint() - start);
    };
    await time(stored);
    // A skipped derivation would be thousands of times faster; noise is not.
    expect(await time(null)).toBeGreaterThan((await time(stored)) / 10);
  });
});
