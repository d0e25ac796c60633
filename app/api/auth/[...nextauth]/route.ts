import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { type Admit, authOptions } from "@/lib/auth";
import { acceptInvitation } from "@/lib/workspaces";

type Context = { params: Promise<{ nextauth: string[] }> };

async function handler(request: NextRequest, context: Context): Promise<Response> {
  return NextAuth(request, context, authOptions(request, admitInvited(request)));
}

/** Somebody who came from an invitation's page may make an account with GitHub or Google. */
function admitInvited(request: NextRequest): Admit | null {
  const from = request.cookies.getAll().find(({ name }) => name.endsWith("next-auth.callback-url"))?.value;
  const token = from && /\/invite\/([\w-]+)$/.exec(from)?.[1];
  if (!token) return null;
  return async (tx, user) => {
    await acceptInvitation(token, user.id, tx);
  };
}

export { handler as GET, handler as POST };
