import { type NextRequest, NextResponse } from "next/server";

/**
 * Tells server components the path they render, so that /sign-in can lead back to it. It decides nothing: who may see
 * what is checked where the data is read. It sets no cookie: Next would then draw the page anew after every action.
 */
export function proxy(request: NextRequest) {
  const headers = new Headers(request.headers);
  headers.set("x-kinora-path", request.nextUrl.pathname + request.nextUrl.search);
  return NextResponse.next({ request: { headers } });
}

export const config = { matcher: ["/", "/w/:path*", "/account", "/workspaces/:path*", "/invite/:path*"] };
