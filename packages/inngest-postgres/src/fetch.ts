import type { Sql } from "postgres";
import { type Checkpoint, keepCheckpoint } from "./checkpoint";
import { EventRefused, readEvents, sendEvents } from "./events";
import { installSchema } from "./schema";

export type EmbeddedFetchOptions = {
  /** The database, asked for at every request, so that a client can be made before it is connected. */
  sql: () => Sql;
};

/**
 * What else an Inngest client without a server is made with, beside `fetch`: it must not look for one, and the SDK
 * asks for an event key. The signing key is set by the engine.
 */
export const EMBEDDED_CLIENT = {
  isDev: false,
  eventKey: "embedded",
  baseUrl: "http://embedded.invalid",
} as const;

/**
 * The `fetch` of an Inngest client that has no Inngest server: what the SDK would send there is written to
 * Postgres. Any process can send events with it; an engine started anywhere on that database acts on them.
 */
export function embeddedFetch({ sql }: EmbeddedFetchOptions): typeof fetch {
  return async (input, init) => {
    const request = input instanceof Request ? input : undefined;
    const url = new URL(request?.url ?? String(input));
    const method = init?.method ?? request?.method ?? "GET";
    const read = async () =>
      JSON.parse(init?.body === undefined ? await (request?.text() ?? "null") : String(init.body));

    if (method === "POST" && url.pathname.startsWith("/e/")) {
      const headers = new Headers(init?.headers ?? request?.headers);
      return storeEvents(sql(), await read(), headers.get("x-inngest-event-id-seed"));
    }
    if (method === "POST" && /^\/v1\/checkpoint\/[^/]+\/async$/.test(url.pathname)) {
      const kept = await keepCheckpoint(sql(), (await read()) as Checkpoint);
      return new Response(null, { status: kept ? 200 : 409 });
    }
    return Response.json(
      { error: `The embedded engine does not do ${method} ${url.pathname}.`, status: 501 },
      { status: 501 },
    );
  };
}

/** invalid_schema_name, undefined_function */
const NOT_INSTALLED = new Set(["3F000", "42883"]);

async function storeEvents(sql: Sql, payload: unknown, seed: string | null): Promise<Response> {
  try {
    const events = readEvents(payload, seed);
    await sendEvents(sql, events).catch(async (error) => {
      if (!NOT_INSTALLED.has((error as { code?: string }).code ?? "")) throw error;
      // The first event of all can come before the first engine has started.
      await installSchema(sql);
      await sendEvents(sql, events);
    });
    return Response.json({ ids: events.map((event) => event.id), status: 200 });
  } catch (error) {
    if (!(error instanceof EventRefused)) throw error;
    return Response.json({ ids: [], status: 400, error: error.message }, { status: 400 });
  }
}
