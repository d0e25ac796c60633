import { Inngest } from "inngest";
import { startDevServer } from "../support/inngest-server";
import { type EngineUnderTest, SILENT } from "./engines";

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
