import GitHubProvider, { type GithubProfile } from "next-auth/providers/github";
import GoogleProvider from "next-auth/providers/google";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { Client, TokenSet } from "openid-client";
import { type Env, env } from "@/lib/env";
import { fetchGitHubProfile, type OidcClaims, type WithVerifiedEmail } from "./identity";

/** An identity server that just woke may need longer than the 3.5 seconds it gets by itself. */
const httpOptions = { timeout: 10_000 };
const checks: OAuthConfig<OidcClaims>["checks"] = ["pkce", "state", "nonce"];
const PUBLIC_GITHUB = "https://github.com";

/** GitHub, Google and the team's own identity server, each where its variables are set. */
export function oauthProviders(e: Env = env()) {
  return [github(e), google(e), oidc(e)].filter((provider) => provider !== null);
}

/** For the buttons: what can be signed in with here. */
export function identityProviders(): { id: string; label: string }[] {
  return oauthProviders().map(({ id, name }) => ({ id, label: name }));
}

function github({ GITHUB_ID: clientId, GITHUB_SECRET: clientSecret, GITHUB_ENTERPRISE_URL }: Env) {
  if (!clientId || !clientSecret) return null;
  const site = withoutSlash(GITHUB_ENTERPRISE_URL ?? PUBLIC_GITHUB);
  const api = site === PUBLIC_GITHUB ? "https://api.github.com" : `${site}/api/v3`;
  return GitHubProvider<GithubProfile & WithVerifiedEmail>({
    ...{ clientId, clientSecret, httpOptions },
    issuer: `${site}/login/oauth`,
    authorization: `${site}/login/oauth/authorize?scope=${encodeURIComponent("read:user user:email")}`,
    token: `${site}/login/oauth/access_token`,
    userinfo: { url: `${api}/user`, request: ({ tokens }) => fetchGitHubProfile(api, tokens) },
    profile: ({ id, name, verifiedEmail }) => ({
      // Every GitHub counts its people from 1.
      id: site === PUBLIC_GITHUB ? String(id) : `${site} ${id}`,
      ...{ name, email: verifiedEmail },
    }),
  });
}

function google({ GOOGLE_ID: clientId, GOOGLE_SECRET: clientSecret }: Env) {
  return clientId && clientSecret ? GoogleProvider({ clientId, clientSecret, httpOptions, checks }) : null;
}

function oidc(e: Env): OAuthConfig<OidcClaims> | null {
  const { AUTH_OIDC_ISSUER: issuer, AUTH_OIDC_ID: clientId, AUTH_OIDC_SECRET: clientSecret } = e;
  if (!issuer || !clientId || !clientSecret) return null;
  return {
    ...{ id: "oidc", name: e.AUTH_OIDC_NAME ?? "single sign-on", type: "oauth" },
    ...{ clientId, clientSecret, httpOptions, checks, idToken: true },
    wellKnown: `${withoutSlash(issuer)}/.well-known/openid-configuration`,
    authorization: { params: { scope: "openid email profile" } },
    userinfo: { request: ({ client, tokens }) => readClaims(client, tokens as TokenSet) },
    profile: ({ iss, sub, name, preferred_username, email }) => ({
      // A subject is unique within its issuer only.
      id: `${iss} ${sub}`,
      ...{ name: name ?? preferred_username, email },
    }),
  };
}

/** What the signed ID token says; some servers tell the e-mail at the userinfo endpoint only. */
async function readClaims(client: Client, tokens: TokenSet): Promise<OidcClaims> {
  const claims = tokens.claims();
  if (claims.email_verified !== undefined || !client.issuer.metadata.userinfo_endpoint) return claims;
  return { ...claims, ...(await client.userinfo(tokens)), iss: claims.iss };
}

const withoutSlash = (url: string) => url.replace(/\/$/, "");
