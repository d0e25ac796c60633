import { EMBEDDED_CLIENT, embeddedFetch } from "@kinora/inngest-postgres";
import { SILENT } from "@kinora/inngest-postgres/conformance";
import { Inngest } from "inngest";
import type { Sql } from "postgres";

export function embeddedClient(sql: Sql): Inngest {
  return new Inngest({
    id: "crash",
    ...EMBEDDED_CLIENT,
    fetch: embeddedFetch({ sql: () => sql }),
    logger: SILENT,
  });
}
