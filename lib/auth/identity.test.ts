import type { Account } from "next-auth";
import { afterEach, describe, expect, it } from "vitest";
import { env } from "@/lib/env";
import { identityOf } from "./identity";

const email = "grace@example.com";
const from = (provider: string, profile: object) => {
  const account: Account = { provider, providerAccountId: "1", type: "oauth" };
  return identityOf(account, profile).email;
};

afterEach(() => {
  env().AUTH_OIDC_TRUST_EMAIL = undefined;
});

describe.each(["google", "oidc"])("an e-mail from %s", (provider) => {
  it.each([true, "true"])("counts when it is verified: %j", (verified) => {
    expect(from(provider, { email, email_verified: verified })).toBe(email);
  });

  it.each([false, "false", 0, null, undefined, "", "perhaps"])("does not with %j", (verified) => {
    expect(from(provider, { email, email_verified: verified })).toBeNull();
  });
});

describe("an e-mail that nobody verified", () => {
  it("counts where one's own identity server is trusted, and there alone", () => {
    env().AUTH_OIDC_TRUST_EMAIL = true;
    expect(from("oidc", { email, email_verified: false })).toBe(email);
    expect(from("oidc", { email: "not an address" })).toBeNull();
    expect(from("google", { email, email_verified: false })).toBeNull();
  });

  it("is not taken from GitHub's public profile", () => {
    expect(from("github", { email, verifiedEmail: null })).toBeNull();
    expect(from("github", { email, email_verified: true })).toBeNull();
    expect(from("github", { email: "public@example.com", verifiedEmail: email })).toBe(email);
  });
});
