import { serve } from "inngest/next";
import type { NextRequest } from "next/server";
import { functions, inngest } from "@/inngest";
import { engineKind, env, isInngestDev } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { BODY_BYTES } from "@/lib/http/body";
import { endpoint } from "@/lib/http/endpoint";
import { readRequest } from "@/lib/http/read-request";

const handlers = serve({ client: inngest, functions });

/** Above the 32 MB of state that an Inngest server keeps of a run. */
const STATE_BYTES = 40 * 1024 * 1024;

type Handle = (request: NextRequest, context: unknown) => Promise<Response>;

/** Where an Inngest server calls. While the embedded engine drives the functions, there is nothing here. */
const onlyForInngest = (handle: Handle, maxBytes = BODY_BYTES) =>
  endpoint<unknown, NextRequest>(async (request, context) => {
    if (engineKind() !== "inngest") return new Response(null, { status: 404 });
    // Only calls that run a step are long, and only those must be signed.
    if (maxBytes > BODY_BYTES) requireSignature(request);
    return handle(await readRequest(request, maxBytes), context);
  });

function requireSignature(request: NextRequest): void {
  if (isInngestDev(env()) || request.headers.get("x-inngest-signature")) return;
  throw new AppError("forbidden", "This call is refused. It carries no signature.");
}

export const GET = onlyForInngest(handlers.GET);
export const POST = onlyForInngest(handlers.POST, STATE_BYTES);
export const PUT = onlyForInngest(handlers.PUT);
export const dynamic = "force-dynamic";
export const maxDuration = 800;
