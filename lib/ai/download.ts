import { lookup as resolveName } from "node:dns/promises";
import { copyFile, open, rm, stat, writeFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import type { LookupFunction } from "node:net";
import { AppError } from "@/lib/errors";
import { span } from "@/lib/telemetry";
import type { OutputFile } from "./capability";
import { type DownloadRules, pinnedLookup, type Resolve } from "./guard";
import { openExchange, TransportError } from "./http";
import type { ProviderId } from "./provider";

export type Downloaded = { bytes: number; mime: string };

type Limits = { maxBytes: number; timeoutSeconds: number; idleSeconds: number };
const LIMITS: Limits = { maxBytes: 1024 ** 3, timeoutSeconds: 15 * 60, idleSeconds: 60 };
const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export type DownloadOptions = {
  rules: DownloadRules;
  provider: ProviderId;
  signal: AbortSignal;
  limits?: Partial<Limits>;
  resolve?: Resolve;
};

/**
 * Copies what a provider made into a file of ours. A URL is fetched only by https from the provider's own hosts, at a
 * public address that was checked and is the one connected to, with limits of size and time, redirects checked
 * alike. Throws `provider_expired` when it is gone, `provider_answer` when it is not what it should be.
 */
export async function downloadFile(
  file: OutputFile,
  toPath: string,
  options: DownloadOptions,
): Promise<Downloaded> {
  if (file.from === "bytes") {
    await writeFile(toPath, file.bytes);
    return { bytes: file.bytes.length, mime: file.mime };
  }
  if (file.from === "path") {
    await copyFile(file.path, toPath);
    return { bytes: (await stat(toPath)).size, mime: file.mime };
  }
  try {
    const facts = { "kinora.provider": options.provider };
    return await span(`${options.provider} download`, facts, async (note) => {
      const downloaded = await fetchToFile(file.url, toPath, options);
      note({ "kinora.bytes": downloaded.bytes });
      return downloaded;
    });
  } catch (error) {
    await rm(toPath, { force: true });
    throw worded(error, options.provider);
  }
}

async function fetchToFile(first: string, toPath: string, options: DownloadOptions): Promise<Downloaded> {
  const { rules, signal, resolve = resolveAll } = options;
  const limits = { ...LIMITS, ...options.limits };
  let url = rules.check(first);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const lookup: LookupFunction | undefined = rules.isOwn(url) ? undefined : pinnedLookup(resolve);
    const { timeoutSeconds, idleSeconds } = limits;
    const exchange = openExchange({
      url,
      method: "GET",
      headers: {},
      timeoutSeconds,
      idleSeconds,
      signal,
      lookup,
    });
    try {
      const answer = await exchange.open();
      const next = redirectOf(answer.response, url);
      if (!next) return await receive(answer, toPath, limits.maxBytes);
      url = rules.check(next);
    } finally {
      exchange.close();
    }
  }
  throw new AppError("provider_answer", "The result's address leads round in circles.", { retry: "never" });
}

async function resolveAll(hostname: string) {
  return resolveName(hostname, { all: true });
}

function redirectOf(response: IncomingMessage, from: URL): string | undefined {
  const { location } = response.headers;
  if (!REDIRECTS.has(response.statusCode ?? 0) || !location) return undefined;
  return URL.canParse(location, from.href) ? new URL(location, from).href : location;
}

type Answer = { response: IncomingMessage; chunks: AsyncIterable<Buffer> };

async function receive({ response, chunks }: Answer, toPath: string, maxBytes: number): Promise<Downloaded> {
  const status = response.statusCode ?? 0;
  if (status === 403 || status === 404 || status === 410) throw gone();
  if (status !== 200) throw unfetched(`status ${status}`);
  if (Number(response.headers["content-length"] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const bytes = await writeChunks(chunks, toPath, maxBytes);
  const mime = response.headers["content-type"]?.split(";")[0]?.trim() || "application/octet-stream";
  return { bytes, mime };
}

async function writeChunks(chunks: AsyncIterable<Buffer>, toPath: string, maxBytes: number): Promise<number> {
  const file = await open(toPath, "w");
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  return bytes;
}

function gone(): AppError {
  return new AppError("provider_expired", "The provider has already deleted this result.", {
    action: "Press “New take” to make it again. Providers keep results for about an hour.",
  });
}

function tooLarge(maxBytes: number): AppError {
  const limit = Math.round(maxBytes / 1024 ** 2);
  return new AppError("provider_answer", `The result is larger than ${limit} MB.`, { retry: "never" });
}

function unfetched(why: string, cause?: unknown): AppError {
  return new AppError("provider_down", `The result could not be fetched (${why}).`, {
    action: "Nothing to do: Kinora tries again by itself. The result is paid for and waits at the provider.",
    cause,
  });
}

/** Every error of a download with its provider's name; a broken connection in words. */
function worded(error: unknown, provider: ProviderId): unknown {
  if (error instanceof TransportError) {
    const canceled = error.reason === "canceled";
    return worded(
      canceled ? new AppError("canceled", "The work was canceled.") : unfetched(error.reason, error),
      provider,
    );
  }
  if (!(error instanceof AppError)) return error;
  const { code, message, action, retry, cause } = error;
  return new AppError(code, message, { provider, action, retry, cause });
}
