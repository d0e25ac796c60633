import { createReadStream } from "node:fs";
import { mkdtemp, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { runFfmpeg } from "@/lib/media";
import { startWebServer, type WebServer } from "@/tests/support/web-server";

const FILE_MB = 500;
const SAMPLE_MS = 20;

/**
 * Sends a film of 500 MB to the built web server and watches that process alone. `peakRssMb` is the most it held
 * while the bytes came in, `checkingPeakRssMb` while it then looked at the whole file.
 */
export async function run(): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), "kinora-bench-"));
  const server = await startWebServer();
  try {
    const path = await makeLargeFilm(folder);
    const { size } = await stat(path);
    const idleRssMb = await readRssMb(server.pid);
    const uploads = `/api/w/${server.slug}/uploads`;
    const { id, partBytes } = await ask<{ id: string; partBytes: number }>(server, "POST", uploads, {
      body: JSON.stringify({ name: "film.mp4", bytes: size, type: "video/mp4" }),
    });
    const sending = await watch(server.pid, () =>
      sendParts(server, `${uploads}/${id}`, path, size, partBytes),
    );
    const checking = await watch(server.pid, () => ask(server, "POST", `${uploads}/${id}`, { body: "{}" }));
    return {
      idleRssMb,
      peakRssMb: sending.peakRssMb,
      checkingPeakRssMb: checking.peakRssMb,
      seconds: sending.seconds,
      checkingSeconds: checking.seconds,
      mbPerSecond: size / 1_048_576 / sending.seconds,
    };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Two seconds of film and, in a box of its own that players pass over, noise up to the size. */
async function makeLargeFilm(folder: string): Promise<string> {
  const path = join(folder, "film.mp4");
  await runFfmpeg({
    inputs: [{ filter: "testsrc=size=1280x720:rate=24:duration=2" }],
    outputs: [{ path, options: ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"] }],
    timeLimitSeconds: 60,
  });
  const bytes = FILE_MB * 1_048_576 - (await stat(path)).size;
  const file = await open(path, "a");
  const head = Buffer.alloc(8);
  head.writeUInt32BE(bytes);
  head.write("free", 4, "latin1");
  await file.write(head);
  const noise = Buffer.from(Array.from({ length: 1_048_576 }, (_, i) => (i * 2_654_435_761) >>> 24));
  for (let left = bytes - 8; left > 0; left -= noise.length) await file.write(noise.subarray(0, left));
  await file.close();
  return path;
}

/** Four parts side by side, as a browser does on a fast line. */
async function sendParts(
  server: WebServer,
  upload: string,
  path: string,
  size: number,
  partBytes: number,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next * partBytes < size) {
      const start = next++ * partBytes;
      const part = { path, start, size: Math.min(partBytes, size - start) };
      await ask(server, "PUT", `${upload}/parts/${start / partBytes + 1}`, part);
    }
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
}

type Body = { body: string } | { path: string; start: number; size: number };

/** One request; a part is streamed from disk, so that this process stays out of the way. */
async function ask<T>(server: WebServer, method: string, path: string, body: Body): Promise<T> {
  const length = "size" in body ? body.size : Buffer.byteLength(body.body);
  const sent = request(server.url + path, {
    method,
    headers: {
      cookie: `${server.cookie.name}=${server.cookie.value}`,
      "content-type": "size" in body ? "application/octet-stream" : "application/json",
      "content-length": length,
    },
  });
  const answered = new Promise<{ status: number; text: string }>((resolve, reject) => {
    sent.once("error", reject);
    sent.once("response", async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
    });
  });
  if ("size" in body) {
    const { path: file, start, size } = body;
    const range = { start, end: start + size - 1, highWaterMark: 1_048_576 };
    await pipeline(createReadStream(file, range), sent);
  } else sent.end(body.body);
  const { status, text } = await answered;
  if (status < 200 || status > 299) throw new Error(`${method} ${path} answered ${status}: ${text}`);
  return (text ? JSON.parse(text) : undefined) as T;
}

/** Runs something and keeps the highest memory of a process meanwhile. */
async function watch(
  pid: number,
  run: () => Promise<unknown>,
): Promise<{ seconds: number; peakRssMb: number }> {
  let peakRssMb = await readRssMb(pid);
  await forgetPeak(pid);
  const timer = setInterval(async () => {
    peakRssMb = Math.max(peakRssMb, await readRssMb(pid));
  }, SAMPLE_MS);
  const begun = performance.now();
  try {
    await run();
    const seconds = (performance.now() - begun) / 1000;
    return { seconds, peakRssMb: Math.max(peakRssMb, await readRssMb(pid, "VmHWM")) };
  } finally {
    clearInterval(timer);
  }
}

/** Linux keeps the peak itself and can be told to begin anew. */
async function forgetPeak(pid: number): Promise<void> {
  if (process.platform === "linux") await writeFile(`/proc/${pid}/clear_refs`, "5");
}

async function readRssMb(pid: number, line: "VmRSS" | "VmHWM" = "VmRSS"): Promise<number> {
  if (process.platform !== "linux") throw new Error("bench upload reads /proc: run it on Linux.");
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`^${line}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0) / 1024;
}
