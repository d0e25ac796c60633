import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions, type CameFrom, currentUser } from "@/lib/auth";
import { CONNECT_PATH } from "@/lib/auth/schema";
import { endpoint } from "@/lib/http/endpoint";
import { readFormRequest } from "@/lib/http/read-request";
import { acceptInvitation } from "@/lib/workspaces";

type Context = { params: Promise<{ nextauth: string[] }> };

const handler = endpoint(async (request: NextRequest, context: Context): Promise<Response> => {
  const form = await readFormRequest(request);
  return NextAuth(form, context, authOptions(form, await cameFrom(form)));
});

/** The page that sent somebody to an identity provider, and with it what they came for. */
async function cameFrom(request: NextRequest): Promise<CameFrom> {
  const page = request.cookies.getAll().find(({ name }) => name.endsWith("next-auth.callback-url"))?.value;
  if (!page || !isReturn(request)) return {};
  if (page.endsWith(CONNECT_PATH)) return { connect: (await currentUser()) ?? undefined };
  const token = /\/invite\/([\w-]+)$/.exec(page)?.[1];
  if (!token) return {};
  return {
    admit: async (tx, user) => {
      await acceptInvitation(token, user.id, tx);
    },
  };
}

const isReturn = (request: NextRequest) => request.nextUrl.pathname.startsWith("/api/auth/callback/");

export { handler as GET, handler as POST };
