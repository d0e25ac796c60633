import type { Account, Profile } from "next-auth";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { Identity } from "./sign-in";

const GitHubUser = z.object({ id: z.number(), login: z.string(), name: z.string().nullish() }).loose();
const GitHubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));
const GoogleProfile = z.object({ email: z.string(), email_verified: z.boolean() });
const GitHubProfile = z.object({ verifiedEmail: z.string().nullable() });

/** What a provider said of a person, with the e-mail only where the provider has verified it. */
export function identityOf(account: Account, profile: Profile | undefined, name?: string | null): Identity {
  return {
    provider: account.provider,
    accountId: account.providerAccountId,
    name: (name ?? "").trim().slice(0, 80) || "New member",
    email: verifiedEmail(account.provider, profile),
  };
}

function verifiedEmail(provider: string, profile: Profile | undefined): string | null {
  if (provider === "google") {
    const google = GoogleProfile.safeParse(profile);
    return google.success && google.data.email_verified ? google.data.email : null;
  }
  const github = GitHubProfile.safeParse(profile);
  return github.success ? github.data.verifiedEmail : null;
}

/** GitHub's profile with the primary verified e-mail; the public one need not be verified. */
export async function fetchGitHubProfile(tokens: { access_token?: string }) {
  const user = GitHubUser.parse(await askGitHub("user", tokens));
  const emails = GitHubEmails.parse(await askGitHub("user/emails", tokens));
  const email = emails.find(({ primary, verified }) => primary && verified)?.email ?? null;
  return { ...user, name: user.name ?? user.login, email: email ?? undefined, verifiedEmail: email };
}

async function askGitHub(path: string, tokens: { access_token?: string }): Promise<unknown> {
  const answer = await fetch(`https://api.github.com/${path}`, {
    headers: { authorization: `Bearer ${tokens.access_token}`, accept: "application/vnd.github+json" },
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new AppError("provider_failed", `GitHub answered ${answer.status}.`);
  return answer.json();
}
