import { providers } from "@/lib/ai";
import { type Env, engineKind, env, isReachable, publicUrl, storageKind } from "@/lib/env";
import { configure } from "../environment";
import type { Home, Secrets } from "../home";

/** Fixes what was left open, for this process and its children. The setup code only where strangers could come. */
export function settle(home: Home, secrets: Secrets): void {
  const config = env();
  configure({
    KINORA_HOME: home.folder,
    PORT: config.PORT,
    HOST: config.HOST,
    AUTH_SECRET: config.AUTH_SECRET ?? secrets.authSecret,
    ...(isLocal(config) && !config.SETUP_CODE ? {} : { SETUP_CODE: config.SETUP_CODE ?? secrets.setupCode }),
  });
}

/** glibc keeps up to 16 heaps on two cores; two hold some 10 MB less while a large upload is checked. */
export const MALLOC_ENV = { MALLOC_ARENA_MAX: "2" };

export function childEnv(dev: boolean): NodeJS.ProcessEnv {
  const config = env();
  return {
    ...MALLOC_ENV,
    ...process.env,
    NODE_ENV: dev ? "development" : "production",
    HOSTNAME: config.HOST,
    NEXTAUTH_URL: process.env.NEXTAUTH_URL ?? publicUrl(config),
    NEXT_TELEMETRY_DISABLED: "1",
    FORCE_COLOR: "0",
  };
}

const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/;

/** Whether only this machine's own people can reach the app. */
export function isLocal(config: Env): boolean {
  return LOCAL.test(config.HOST) && LOCAL.test(new URL(publicUrl(config)).hostname);
}

/** Where this machine itself reaches the app. */
export function localUrl(config: Env): string {
  const host = ["0.0.0.0", "::"].includes(config.HOST) ? "127.0.0.1" : config.HOST;
  return `http://${host.includes(":") ? `[${host}]` : host}:${config.PORT}`;
}

/** What does not work where providers cannot reach the studio; undefined where they can, or nobody else is to. */
export function reachNote(config: Env): string | undefined {
  if (isLocal(config) || isReachable(config)) return undefined;
  return (
    `Providers on the internet cannot reach ${publicUrl(config)}: they are asked how orders stand (no webhooks), ` +
    "pictures travel within the order or through their file store, and shared links open on your network alone."
  );
}

/** "engine embedded · media on disk · models: draft, OpenAI" */
export function summarise(config: Env): string {
  const paid = providers().filter(({ keyName }) => keyName && config[keyName]);
  const models = ["draft", ...paid.map(({ label }) => label)];
  const engine = engineKind(config) === "embedded" ? "embedded engine" : "Inngest";
  const media = storageKind(config) === "disk" ? "media on disk" : "media in S3";
  return `${engine} · ${media} · models: ${models.join(", ")}`;
}
