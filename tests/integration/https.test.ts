import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it, onTestFinished } from "vitest";

const hasOpenSsl = (() => {
  try {
    return execFileSync("openssl", ["version"]).length > 0;
  } catch {
    console.warn("SKIPPED: openssl is not here, so no certificate can be made for a test over TLS.");
    return false;
  }
})();

/** A server that takes a request over TLS and drops it; and what our client makes of that. */
const SCRIPT = (folder: string) => `
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { sendRequest } from "@/lib/ai/http";
const files = { key: readFileSync("${folder}/key.pem"), cert: readFileSync("${folder}/cert.pem") };
const server = createServer(files, (request, response) => {
  if (request.url === "/answer") return response.end("fine");
  request.resume().once("end", () => response.destroy());
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const base = "https://localhost:" + server.address().port;
const send = (path) => sendRequest({ url: base + path, method: "POST", headers: {}, body: Buffer.from("{}"),
  timeoutSeconds: 5, signal: AbortSignal.timeout(9000) }).then(({ status }) => status, ({ reason, sent }) => ({ reason, sent }));
console.log(JSON.stringify([await send("/answer"), await send("/drop")]));
server.close();
`;

describe.skipIf(!hasOpenSsl)("a request over TLS", () => {
  it.each([
    ["dropped after it was sent is perhaps taken", true, [200, { reason: "dropped", sent: true }]],
    [
      "to a stranger with a wrong certificate is never sent",
      false,
      [
        { reason: "unreachable", sent: false },
        { reason: "unreachable", sent: false },
      ],
    ],
  ])("%s", async (_name, trusted, told) => {
    const folder = mkdtempSync(join(tmpdir(), "kinora-tls-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    const key = ["-newkey", "rsa:2048", "-nodes", "-keyout", join(folder, "key.pem")];
    const args = ["req", "-x509", ...key, "-out", join(folder, "cert.pem"), "-days", "2", ...names];
    execFileSync("openssl", args, { stdio: "ignore" });
    const env = trusted ? { NODE_EXTRA_CA_CERTS: join(folder, "cert.pem") } : {};
    const { stdout } = await execa(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "--eval", SCRIPT(folder)],
      { env },
    );
    expect(JSON.parse(stdout)).toEqual(told);
  });
});
