import { Inngest } from "inngest";
import type { Sql } from "postgres";
import { EMBEDDED_CLIENT, embeddedFetch } from "@/lib/embedded/engine";
import { SILENT } from "../conformance/engines";

export function embeddedClient(sql: Sql): Inngest {
  return new Inngest({
    id: "crash",
    ...EMBEDDED_CLIENT,
    fetch: embeddedFetch({ sql: () => sql }),
    logger: SILENT,
  });
}
