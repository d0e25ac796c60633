import { serve } from "inngest/next";
import type { NextRequest } from "next/server";
import { functions, inngest } from "@/inngest";
import { engineKind } from "@/lib/env";

const handlers = serve({ client: inngest, functions });

/** Where an Inngest server calls. While the embedded engine drives the functions, there is nothing here. */
function onlyForInngest<A extends unknown[]>(
  handle: (request: NextRequest, ...rest: A) => Promise<Response>,
) {
  return async (request: NextRequest, ...rest: A): Promise<Response> =>
    engineKind() === "inngest" ? handle(request, ...rest) : new Response(null, { status: 404 });
}

export const GET = onlyForInngest(handlers.GET);
export const POST = onlyForInngest(handlers.POST);
export const PUT = onlyForInngest(handlers.PUT);
export const dynamic = "force-dynamic";
export const maxDuration = 800;
