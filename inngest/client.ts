import { EMBEDDED_CLIENT, embeddedFetch } from "@kinora/inngest-postgres";
import { Inngest } from "inngest";
import { sqlClient } from "@/lib/db";
import { engineKind } from "@/lib/env";
import { log } from "@/lib/log";

const ID = "kinora";

/** Kinora's Inngest app. Without an Inngest server its events go into Postgres, where the embedded engine runs. */
export const inngest =
  engineKind() === "embedded"
    ? new Inngest({ id: ID, logger: log, fetch: embeddedFetch({ sql: sqlClient }), ...EMBEDDED_CLIENT })
    : new Inngest({ id: ID, logger: log });
