import { z } from "zod";
import {
  also,
  bucket,
  databaseUrl,
  isSecret,
  listenHost,
  namesBeside,
  optional,
  origin,
  path,
  secret,
  text,
  tidy,
  url,
} from "./env-values";
import { isPublicUrl } from "./public-host";

export { type DatabaseAddress, DatabaseUrlError, readDatabaseUrl, sslModeOf } from "./database-url";
export { isPublicHost, isPublicUrl } from "./public-host";

/** A line declares all there is to a variable: its kind, its default, its other names, whether it is secret. */
const Env = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  HOST: listenHost.default("127.0.0.1"),
  KINORA_URL: also(origin(), "NEXTAUTH_URL", "AUTH_URL", "RENDER_EXTERNAL_URL"),
  KINORA_HOME: path.default(".kinora"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  METRICS_TOKEN: secret(text()),
  WORKER_PORT: optional(z.coerce.number().int().min(1).max(65_535)),
  OTEL_EXPORTER_OTLP_ENDPOINT: url(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: url(),
  OTEL_EXPORTER_OTLP_HEADERS: secret(text()),
  OTEL_EXPORTER_OTLP_PROTOCOL: optional(
    z.enum(["http/protobuf", "http/json"], "must be http/protobuf or http/json; gRPC is not spoken here"),
  ),
  SENTRY_DSN: secret(url()),
  SENTRY_ENVIRONMENT: text(),
  AUTH_SECRET: also(secret(text()), "NEXTAUTH_SECRET"),
  SETUP_CODE: secret(text()),
  GITHUB_ID: text(),
  GITHUB_SECRET: secret(text()),
  GITHUB_ENTERPRISE_URL: url(),
  GOOGLE_ID: text(),
  GOOGLE_SECRET: secret(text()),
  AUTH_OIDC_ISSUER: url(),
  AUTH_OIDC_ID: text(),
  AUTH_OIDC_SECRET: secret(text()),
  AUTH_OIDC_NAME: text(),
  AUTH_OIDC_TRUST_EMAIL: optional(z.stringbool("must be 1 or 0")),
  DATABASE_URL: databaseUrl(),
  INNGEST_DEV: text(),
  INNGEST_BASE_URL: url(),
  INNGEST_EVENT_KEY: secret(text()),
  INNGEST_SIGNING_KEY: secret(text()),
  S3_ENDPOINT_URL: also(url(), "AWS_ENDPOINT_URL_S3", "R2_ENDPOINT_URL"),
  S3_BUCKET_NAME: also(bucket(), "AWS_S3_BUCKET", "R2_BUCKET_NAME"),
  S3_ACCESS_KEY_ID: also(text(), "AWS_ACCESS_KEY_ID", "R2_ACCESS_KEY_ID"),
  S3_SECRET_ACCESS_KEY: also(secret(text()), "AWS_SECRET_ACCESS_KEY", "R2_SECRET_ACCESS_KEY"),
  S3_REGION: also(text(), "AWS_REGION", "AWS_DEFAULT_REGION"),
  S3_PUBLIC_URL: url(),
  CDN_DOMAIN: also(text(), "CLOUDFRONT_URL"),
  CLOUDFRONT_KEY_PAIR_ID: text(),
  CLOUDFRONT_PRIVATE_KEY: secret(text()),
  CORS_ORIGINS: text(),
  REPLICATE_API_TOKEN: also(secret(text()), "REPLICATE_API_KEY"),
  REPLICATE_BASE_URL: url(),
  REPLICATE_WEBHOOK_SECRET: secret(text()),
  OPENAI_API_KEY: secret(text()),
  OPENAI_ORG_ID: text(),
  OPENAI_BASE_URL: url(),
  LEONARDO_API_KEY: secret(text()),
  LEONARDO_BASE_URL: url(),
  PROVIDER_POST_SECONDS: z.coerce.number().int().min(1).max(600).default(300),
  FFMPEG_BIN: also(optional(path), "FFMPEG_PATH"),
  FFPROBE_BIN: also(optional(path), "FFPROBE_PATH"),
  MAX_UPLOAD_MB: z.coerce.number().int().min(1).max(5_000).default(500),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(4),
  TRUST_PROXY: z.preprocess(
    (v) => ({ "": 0, true: 1, false: 0 })[String(v ?? "")] ?? v,
    z.coerce.number("must be how many proxies there are").int().min(0).max(9),
  ),
});

export type Env = z.infer<typeof Env>;
const VARIABLES = Object.entries(Env.shape) as [keyof Env, z.ZodType][];
export const ENV_NAMES: string[] = VARIABLES.map(([name]) => name);

/** Older or platform-specific names, tried in order when the first is unset. */
export const ALIASES: Record<string, string[]> = Object.fromEntries(
  VARIABLES.flatMap(([name, type]) => (namesBeside(type).length > 0 ? [[name, namesBeside(type)]] : [])),
);

/** Variables whose values must never be seen, in a log for one. The password within DATABASE_URL is another. */
export const SECRET_NAMES = VARIABLES.flatMap(([name, type]) => (isSecret(type) ? [name] : []));

export class EnvError extends Error {
  override readonly name = "EnvError";
  constructor(readonly problems: string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((p) => `  · ${p}`).join("\n")}`,
    );
  }
}

/** Parses and cross-checks the environment; throws one EnvError that lists every problem. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const named: Record<string, string | undefined> = {};
  for (const name of ENV_NAMES) {
    named[name] = [name, ...(ALIASES[name] ?? [])]
      .map((n) => tidy(source[n] ?? source[`\ufeff${n}`]))
      .find((v) => v !== undefined && v !== "");
  }
  const parsed = Env.safeParse(named);
  const wrong = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  const problems = [...wrong, ...contradictions(parsed.success ? parsed.data : soundPart(named))];
  if (!parsed.success || problems.length > 0) throw new EnvError(problems);
  return parsed.data;
}

/** The variables that are well by themselves, so that one bad value hides no contradiction among the others. */
function soundPart(named: Record<string, string | undefined>): Partial<Env> {
  const sound: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(Env.shape)) {
    const parsed = type.safeParse(named[name]);
    if (parsed.success) sound[name] = parsed.data;
  }
  return sound;
}

function contradictions(env: Partial<Env>): string[] {
  const problems: string[] = [];
  const pairs: [keyof Env, keyof Env][] = [
    ["GITHUB_ID", "GITHUB_SECRET"],
    ["GOOGLE_ID", "GOOGLE_SECRET"],
    ["AUTH_OIDC_ISSUER", "AUTH_OIDC_ID"],
    ["AUTH_OIDC_ID", "AUTH_OIDC_SECRET"],
    ["S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"],
    ["CLOUDFRONT_KEY_PAIR_ID", "CLOUDFRONT_PRIVATE_KEY"],
  ];
  for (const [a, b] of pairs) {
    if (Boolean(env[a]) !== Boolean(env[b]))
      problems.push(`${env[a] ? b : a} is missing: ${a} and ${b} go together.`);
  }
  if (env.GITHUB_ENTERPRISE_URL && !env.GITHUB_ID)
    problems.push("GITHUB_ID is missing: GITHUB_ENTERPRISE_URL is set.");
  if (env.S3_ENDPOINT_URL && !env.S3_BUCKET_NAME)
    problems.push("S3_BUCKET_NAME is missing: S3_ENDPOINT_URL is set.");
  if (env.CDN_DOMAIN && !env.S3_BUCKET_NAME) problems.push("S3_BUCKET_NAME is missing: CDN_DOMAIN is set.");
  if (env.INNGEST_BASE_URL && !isInngestDev(env) && !(env.INNGEST_SIGNING_KEY && env.INNGEST_EVENT_KEY)) {
    problems.push(
      "INNGEST_SIGNING_KEY and INNGEST_EVENT_KEY are needed with INNGEST_BASE_URL (or INNGEST_DEV=1).",
    );
  }
  if (Boolean(env.INNGEST_SIGNING_KEY) !== Boolean(env.INNGEST_EVENT_KEY)) {
    problems.push("INNGEST_SIGNING_KEY and INNGEST_EVENT_KEY go together.");
  }
  if (env.AUTH_SECRET && env.AUTH_SECRET.length < 32)
    problems.push("AUTH_SECRET must have 32 characters or more.");
  if (env.METRICS_TOKEN && env.METRICS_TOKEN.length < 16)
    problems.push("METRICS_TOKEN must have 16 characters or more.");
  return problems;
}

/** Whether the Inngest server is the local development one, which signs nothing. */
export function isInngestDev(env: Partial<Env>): boolean {
  return env.INNGEST_DEV !== undefined && env.INNGEST_DEV !== "0" && env.INNGEST_DEV !== "false";
}

let current: Env | undefined;

/** The parsed environment of this process. */
export function env(): Env {
  current ??= parseEnv(process.env);
  return current;
}

/** Which engine runs the pipelines: an Inngest server when one is configured, else the embedded one. */
export function engineKind(e: Env = env()): "inngest" | "embedded" {
  return isInngestDev(e) || e.INNGEST_SIGNING_KEY || e.INNGEST_BASE_URL ? "inngest" : "embedded";
}

export function storageKind(e: Env = env()): "s3" | "disk" {
  return e.S3_BUCKET_NAME ? "s3" : "disk";
}

/** Whether spans are sent to an OpenTelemetry collector. */
export function isTraced(e: Env = env()): boolean {
  return Boolean(e.OTEL_EXPORTER_OTLP_ENDPOINT ?? e.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT);
}

/** Where browsers and webhooks reach us, without a trailing slash. */
export function publicUrl(e: Env = env()): string {
  return e.KINORA_URL ?? `http://localhost:${e.PORT}`;
}

/** False on localhost and private networks: then providers can neither fetch our media nor call our webhooks. */
export function isReachable(e: Env = env()): boolean {
  return isPublicUrl(publicUrl(e));
}

/** next-auth reads its base URL from the process's environment alone; without one it would trust any host. */
export function tellNextAuthOurUrl(): void {
  process.env.NEXTAUTH_URL = publicUrl();
}
