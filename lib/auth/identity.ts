import type { Account, Profile } from "next-auth";
import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { cleanLine, cutText } from "@/lib/text";
import type { Identity } from "./sign-in";

const GitHubUser = z.object({ id: z.number(), login: z.string(), name: z.string().nullish() });
const GitHubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));
const WithVerifiedEmail = z.object({ verifiedEmail: z.string().nullable() });
export type WithVerifiedEmail = z.infer<typeof WithVerifiedEmail>;

/** OpenID Connect Core 1.0, section 5.1; some servers write the boolean as a word. */
const OidcProfile = z.object({
  email: z.email(),
  email_verified: z.union([z.boolean(), z.stringbool()]).catch(false),
});
export type OidcClaims = Profile & {
  iss?: string;
  preferred_username?: string;
  email_verified?: unknown;
};

/** What a provider said of a person, with the e-mail only where the provider has verified it. */
export function identityOf(account: Account, profile: Profile | undefined, name?: string | null): Identity {
  return {
    provider: account.provider,
    accountId: account.providerAccountId,
    name: cutText(cleanLine((name ?? "").slice(0, 1000)), 80) || "New member",
    email: verifiedEmail(account.provider, profile),
  };
}

function verifiedEmail(provider: string, profile: Profile | undefined): string | null {
  if (provider === "github") {
    const github = WithVerifiedEmail.safeParse(profile);
    return github.success ? github.data.verifiedEmail : null;
  }
  const { success, data } = OidcProfile.safeParse(profile);
  const trusted = provider === "oidc" && env().AUTH_OIDC_TRUST_EMAIL;
  return success && (data.email_verified || trusted) ? data.email : null;
}

/** GitHub's profile with the primary verified e-mail; the public one need not be verified. */
export async function fetchGitHubProfile(api: string, tokens: { access_token?: string }) {
  const { id, name, login } = GitHubUser.parse(await askGitHub(`${api}/user`, tokens));
  const emails = GitHubEmails.parse(await askGitHub(`${api}/user/emails`, tokens));
  const verifiedEmail = emails.find(({ primary, verified }) => primary && verified)?.email ?? null;
  return { id, name: name ?? login, verifiedEmail };
}

async function askGitHub(url: string, tokens: { access_token?: string }): Promise<unknown> {
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${tokens.access_token}`, accept: "application/vnd.github+json" },
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new AppError("provider_failed", `GitHub answered ${answer.status}.`);
  return answer.json();
}
