import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import GitHubProvider from "next-auth/providers/github";
import GoogleProvider from "next-auth/providers/google";
import { env, tellNextAuthOurUrl } from "@/lib/env";
import { AppError, toAppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { fetchGitHubProfile, identityOf } from "./identity";
import { findSessionUser } from "./queries";
import { clientAddress } from "./request";
import { SignInForm, type User } from "./schema";
import { openSession, revokeSession } from "./sessions";
import { type Admit, findLinkedUser, signInWithIdentity, signInWithPassword } from "./sign-in";
import { authSecret, isSecure, SESSION_SECONDS } from "./token";

declare module "next-auth/jwt" {
  interface JWT {
    /** The row in table session that this cookie stands for. */
    sid?: string;
  }
}

/** Providers with a key here, for the buttons on the sign-in page. */
export function identityProviders(): { id: string; label: string }[] {
  const e = env();
  return [
    ...(e.GITHUB_ID ? [{ id: "github", label: "GitHub" }] : []),
    ...(e.GOOGLE_ID ? [{ id: "google", label: "Google" }] : []),
  ];
}

/** next-auth's options for one request; `admit` lets an invited person make an account. */
export function authOptions(request: Request, admit: Admit | null): NextAuthOptions {
  tellNextAuthOurUrl();
  return {
    secret: authSecret(),
    useSecureCookies: isSecure(),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: providers(request),
    callbacks: {
      async signIn({ account, profile, user }) {
        if (account?.type !== "oauth") return true;
        const identity = identityOf(account, profile, user.name);
        return (await signInWithIdentity(identity, admit)) ? true : "/sign-in?error=no_account";
      },
      async jwt({ token, user, account }) {
        if (user && account) {
          const who =
            account.type === "oauth"
              ? await findLinkedUser(account.provider, account.providerAccountId)
              : user;
          if (!who) throw new AppError("signed_out", "This account is gone.");
          return { sub: who.id, sid: await openSession(who.id, request.headers.get("user-agent")) };
        }
        if (!token.sid || !(await findSessionUser(token.sid)))
          throw new AppError("signed_out", "You are signed out.");
        return token;
      },
    },
    events: {
      async signOut({ token }) {
        if (token?.sub && token.sid) await revokeSession(token.sub, token.sid);
      },
    },
    logger: {
      // A revoked session is no fault; of all others the code and error suffice, requests may carry secrets.
      error: (code, detail) => {
        const err = detail instanceof Error ? detail : detail.error;
        const expected = err instanceof AppError && ["signed_out", "not_found"].includes(err.code);
        if (!expected) log.error({ code, err }, "sign-in failed");
      },
      warn: (code) => log.debug({ code }, "next-auth"),
      debug: () => undefined,
    },
  };
}

function providers(request: Request): NextAuthOptions["providers"] {
  const e = env();
  const list: NextAuthOptions["providers"] = [
    CredentialsProvider({
      credentials: { email: { type: "email" }, password: { type: "password" } },
      authorize: (credentials) => authorize(credentials, request),
    }),
  ];
  if (e.GITHUB_ID && e.GITHUB_SECRET) {
    list.push(
      GitHubProvider({
        clientId: e.GITHUB_ID,
        clientSecret: e.GITHUB_SECRET,
        userinfo: { url: "https://api.github.com/user", request: ({ tokens }) => fetchGitHubProfile(tokens) },
      }),
    );
  }
  if (e.GOOGLE_ID && e.GOOGLE_SECRET)
    list.push(GoogleProvider({ clientId: e.GOOGLE_ID, clientSecret: e.GOOGLE_SECRET }));
  return list;
}

/** next-auth carries nothing but an error's message to the form, so the message says all. */
async function authorize(credentials: unknown, request: Request): Promise<User> {
  try {
    const form = SignInForm.safeParse(credentials);
    if (!form.success) throw new AppError("bad_input", "Write your e-mail and your password.");
    return await signInWithPassword(form.data, clientAddress(request.headers));
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === "internal") log.error({ err: thrown }, "sign-in failed");
    throw new Error([error.message, error.action].filter(Boolean).join(" "));
  }
}
