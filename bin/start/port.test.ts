import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { claimPort } from "./port";

async function take() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return { server, port: typeof address === "object" && address ? address.port : 0 };
}

describe("a port", () => {
  it("that is taken is said to be, with a free one to choose", async () => {
    const { server, port } = await take();
    await expect(claimPort(port, "127.0.0.1")).rejects.toMatchObject({
      code: "conflict",
      message: `Port ${port} is already taken by another program.`,
      action: expect.stringMatching(/^Choose another: PORT=\d+ npm start$/),
    });
    server.close();
  });

  it("is waited for when a killed Kinora's server is about to leave it", async () => {
    const { server, port } = await take();
    setTimeout(() => server.close(), 300);
    await claimPort(port, "127.0.0.1", 5_000);
  });

  it("on an address that is not this machine's is refused clearly", async () => {
    await expect(claimPort(4299, "192.0.2.1")).rejects.toMatchObject({
      code: "not_configured",
      action: expect.stringContaining("HOST"),
    });
  });
});
