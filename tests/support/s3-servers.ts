import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import S3rver from "s3rver";
import type { S3Settings } from "@/lib/storage/s3/settings";
import { freePort } from "./free-ports";

export const BUCKET = "media";

export type S3Server = { settings: S3Settings; stop(): Promise<void> };

/** An S3 server in this process. It takes any signature, cannot abort uploads and cannot continue long lists. */
export async function startS3rver(): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), "kinora-s3rver-"));
  const server = new S3rver({
    port: 0,
    address: "127.0.0.1",
    silent: true,
    directory,
    configureBuckets: [{ name: BUCKET, configs: [] }],
  });
  const { port } = await server.run();
  return {
    settings: settingsOf(port, "S3RVER", "S3RVER"),
    stop: async () => {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Versity's S3 gateway, which checks signatures: from VERSITYGW_BIN or PATH, undefined where there is none. */
export function findVersitygw(): string | undefined {
  const path = process.env.VERSITYGW_BIN || "versitygw";
  try {
    execFileSync(path, ["--version"], { stdio: "ignore" });
    return path;
  } catch {
    console.warn(
      "versitygw was not found (VERSITYGW_BIN or PATH): S3 signatures are not checked in this run.",
    );
    return undefined;
  }
}

export async function startVersitygw(path: string, options: { corsOrigin?: string } = {}): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), "kinora-versitygw-"));
  await mkdir(join(directory, "root", BUCKET), { recursive: true });
  await mkdir(join(directory, "meta"));
  const port = await freePort();
  const cors = options.corsOrigin ? ["--cors-allow-origin", options.corsOrigin] : [];
  const args = ["--port", `127.0.0.1:${port}`, "--access", "kinora", "--secret", "kinora-secret", ...cors];
  // Extended attributes are missing on some file systems: metadata lies beside the files.
  const store = ["posix", "--sidecar", join(directory, "meta"), join(directory, "root")];
  const server = spawn(path, [...args, "--quiet", ...store], { stdio: "ignore" });
  await answering(server, port);
  return {
    settings: settingsOf(port, "kinora", "kinora-secret"),
    stop: async () => {
      server.kill("SIGKILL");
      await once(server, "exit");
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function settingsOf(port: number, accessKeyId: string, secretAccessKey: string): S3Settings {
  return {
    bucket: BUCKET,
    endpoint: `http://127.0.0.1:${port}`,
    region: "us-east-1",
    credentials: { accessKeyId, secretAccessKey },
  };
}

async function answering(server: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (server.exitCode !== null) throw new Error(`versitygw ended with ${server.exitCode}`);
    try {
      await fetch(`http://127.0.0.1:${port}/`);
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error("versitygw does not answer");
}
