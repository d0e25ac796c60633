import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { tellNextAuthOurUrl } from "@/lib/env";
import { AppError, toAppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { identityOf } from "./identity";
import { oauthProviders } from "./identity-providers";
import { findSessionUser } from "./queries";
import { clientAddress } from "./request";
import { SignInForm, type User } from "./schema";
import { deviceCookie, rememberDevice, type SignedIn } from "./session";
import { openSession, revokeSession } from "./sessions";
import { type Admit, findLinkedUser, signInWithIdentity, signInWithPassword } from "./sign-in";
import { authSecret, isSecure, SESSION_SECONDS } from "./token";

declare module "next-auth/jwt" {
  interface JWT {
    /** The row in table session that this cookie stands for. */
    sid?: string;
  }
}

/** Where a person comes from: an invitation lets them make an account, their account page adds a way to sign in. */
export type CameFrom = { admit?: Admit; connect?: SignedIn };

/** next-auth's options for one request. */
export function authOptions(request: Request, { admit, connect }: CameFrom): NextAuthOptions {
  tellNextAuthOurUrl();
  return {
    secret: authSecret(),
    useSecureCookies: isSecure(),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (credentials) => authorize(credentials, request),
      }),
      ...oauthProviders(),
    ],
    callbacks: {
      async signIn({ account, profile, user }) {
        if (account?.type !== "oauth") return true;
        const found = await signInWithIdentity(identityOf(account, profile, user.name), { admit, connect });
        if (typeof found !== "string") return true;
        return `${connect ? "/account" : "/sign-in"}?error=${found}`;
      },
      async jwt({ token, user, account }) {
        if (user && account) {
          const who =
            account.type === "oauth"
              ? await findLinkedUser(account.provider, account.providerAccountId)
              : user;
          if (!who) throw new AppError("signed_out", "This account is gone.");
          const open = () => openSession(who.id, request.headers.get("user-agent"));
          const sid = connect?.id === who.id ? connect.sessionId : await open();
          await rememberDevice(who.id);
          return { sub: who.id, sid };
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

/** next-auth carries nothing but an error's message to the form, so the message says all. */
async function authorize(credentials: unknown, request: Request): Promise<User> {
  try {
    const form = SignInForm.safeParse(credentials);
    if (!form.success) throw new AppError("bad_input", "Write your e-mail and your password.");
    return await signInWithPassword(form.data, clientAddress(request.headers), await deviceCookie());
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === "internal") log.error({ err: thrown }, "sign-in failed");
    throw new Error([error.message, error.action].filter(Boolean).join(" "));
  }
}
