import { type EngineUnderTest, SILENT } from "@kinora/inngest-postgres/conformance";
import { Inngest } from "inngest";
import { startDevServer } from "../support/inngest-server";

/** A real Inngest server under the suite. */
export async function startServer(bin: string): Promise<EngineUnderTest> {
  const server = await startDevServer(bin);
  const client = new Inngest({ id: "conformance", baseUrl: server.url, isDev: true, logger: SILENT });
  return {
    client,
    serve: (functions) => server.serve(client, functions),
    stop: () => server.stop(),
  };
}
