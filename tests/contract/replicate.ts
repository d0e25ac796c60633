import { randomBytes } from "node:crypto";
import { distort } from "./distort";
import { phaseOf, progressOf } from "./store";
import { type Answer, type Order, Refused } from "./types";
import { type Exchange, type Handler, isPicture, note, takeOrder, type World } from "./world";

export const REPLICATE_TOKEN = "r8_contract_token_of_the_tests";
/** 24 bytes in base64, as Replicate makes them. */
export const WEBHOOK_SECRET = `whsec_${Buffer.from("kinora-contract-webhooks").toString("base64")}`;

const CREATE = "/models/{model_owner}/{model_name}/predictions";
const CANCEL_AFTER = /^(\d+[smh]?)+$/;
const DATA_URL_LIMIT = 256 * 1024;

export const createPrediction: Handler = ({ world, json, headers, params }) => {
  const model = `${params[0]}/${params[1]}`;
  const problems = world.specs?.replicate.checkRequest("POST", CREATE, json) ?? [];
  const input = (json.input ?? {}) as Record<string, unknown>;
  problems.push(...(world.specs?.replicateModels.check(model, input) ?? []));
  const cancelAfter = headers.get("cancel-after");
  if (cancelAfter && !CANCEL_AFTER.test(cancelAfter)) problems.push(`Cancel-After: ${cancelAfter}`);
  problems.push(...wrongMedia(world, input));
  const wrong = note(world, "replicate", problems);
  if (wrong) throw new Refused(422, wrong);
  const webhook = typeof json.webhook === "string" ? json.webhook : null;
  const order = takeOrder(world, {
    provider: "replicate",
    model,
    input,
    webhook,
    key: webhook ? new URL(webhook).searchParams.get("generation") : null,
    kind: isFilm(model) ? "film" : "picture",
    count: Number(input.num_outputs ?? 1),
    durationSeconds: filmSeconds(input),
    ratio: String(input.aspect_ratio ?? "16:9"),
  });
  return { status: 201, json: toPrediction(world, order) };
};

/** Pictures within a request are real ones, and small enough; addresses of ours lead to an upload. */
function wrongMedia(world: World, input: Record<string, unknown>): string[] {
  return Object.entries(input).flatMap(([name, value]) =>
    [value].flat().flatMap((one) => {
      if (typeof one !== "string") return [];
      if (one.startsWith("data:")) {
        if (one.length > DATA_URL_LIMIT) return [`input.${name}: a data URL above 256 kB`];
        return isPicture(Buffer.from(one.split(",")[1] ?? "", "base64")) ? [] : [`input.${name}: no picture`];
      }
      const upload = one.startsWith(`${world.url()}/replicate/v1/files/`) ? one.split("/").at(-1) : undefined;
      if (upload === undefined) return [];
      const file = world.store.uploads.get(upload);
      return file && isPicture(file.bytes) ? [] : [`input.${name}: no such upload, or no picture`];
    }),
  );
}

function isFilm(model: string): boolean {
  return /seedance|kling|veo|hailuo|wan-/.test(model);
}

function filmSeconds({ duration, num_frames, frames_per_second }: Record<string, unknown>): number {
  if (typeof num_frames === "number") return Math.round(num_frames / Number(frames_per_second ?? 16));
  return Math.max(1, Number(duration ?? 5));
}

export const getPrediction: Handler = ({ world, params }) => {
  return { status: 200, json: toPrediction(world, findOrder(world, params[0])) };
};

export const cancelPrediction: Handler = ({ world, params }) => {
  const order = findOrder(world, params[0]);
  if (["waiting", "running"].includes(phaseOf(order))) world.store.cancel(order);
  return { status: 200, json: toPrediction(world, order) };
};

/** The newest first, within the window that is asked for, page after page. */
export const listPredictions: Handler = ({ world, url }) => {
  const { listPage } = world;
  const after = Date.parse(url.searchParams.get("created_after") ?? "1970-01-01T00:00:00Z");
  const before = Date.parse(url.searchParams.get("created_before") ?? "9999-01-01T00:00:00Z");
  const from = Number(url.searchParams.get("cursor") ?? 0);
  const orders = [...world.store.orders.values()]
    .filter(({ provider, createdAt }) => {
      const at = Date.parse(createdAt);
      return provider === "replicate" && at >= after && at <= before;
    })
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  const next = new URL(`${world.url()}${url.pathname}${url.search}`);
  next.searchParams.set("cursor", String(from + listPage));
  return {
    status: 200,
    json: {
      previous: null,
      next: from + listPage < orders.length ? next.href : null,
      results: orders.slice(from, from + listPage).map((order) => toPrediction(world, order)),
    },
  };
};

function findOrder(world: World, id: string | undefined): Order {
  const order = world.store.orders.get(id ?? "");
  if (!order) throw new Refused(404, "The requested resource could not be found.");
  return order;
}

/** A prediction as it is told, in the words of its fate. */
export function toPrediction(world: World, order: Order): Record<string, unknown> {
  const { status, removed, words } = order.fate;
  const right = specified(world, order);
  const ended = right.status === "succeeded";
  const told = {
    ...right,
    ...(ended && status !== undefined && { status }),
    ...(ended && removed && { output: null, data_removed: true }),
    ...(ended && order.fate.nulls && { output: withNulls(right.output, order.fate.nulls) }),
  };
  return distort(told, "replicate", words) as Record<string, unknown>;
}

function withNulls(output: unknown, nulls: number): unknown {
  return Array.isArray(output) ? output.map((one, index) => (index < nulls ? null : one)) : null;
}

/** A prediction as the specification words it; checked against it when it is here. */
function specified(world: World, order: Order): Record<string, unknown> {
  const phase = phaseOf(order);
  const base = `${world.url()}/replicate/v1/predictions/${order.id}`;
  const ended = !["waiting", "running"].includes(phase);
  const prediction = {
    id: order.id,
    model: order.model,
    version: "hidden",
    input: order.input,
    output: phase === "succeeded" ? outputsOf(world, order) : null,
    logs: phase === "running" ? progressLine(order) : "",
    error: phase === "failed" ? (order.fate.fail ?? "The input was flagged as sensitive. (E005)") : null,
    status: { waiting: "starting", running: "processing" }[phase as string] ?? phase,
    created_at: order.createdAt,
    data_removed: false,
    source: "api",
    metrics: ended ? { predict_time: order.seconds * 0.75 } : {},
    ...(phase === "waiting" || phase === "aborted" ? {} : { started_at: order.createdAt }),
    ...(ended ? { completed_at: new Date().toISOString() } : {}),
    urls: { web: `https://replicate.com/p/${order.id}`, get: base, cancel: `${base}/cancel` },
  };
  const wrong =
    world.specs?.replicate.checkAnswer("GET", "/predictions/{prediction_id}", 200, prediction) ?? [];
  if (wrong.length > 0) throw new Error(`The contract server's own answer is wrong: ${wrong.join("; ")}`);
  return prediction;
}

function progressLine(order: Order): string {
  const percent = Math.floor(progressOf(order) * 100);
  return `${String(percent).padStart(3)}%|█████     | ${percent}/100 [00:01<00:01, 50.00it/s]\n`;
}

/** One URL, or an array of them for the models that make several. */
function outputsOf(world: World, order: Order): string | string[] | null {
  if (order.fate.empty) return null;
  const extension = order.kind === "film" ? "mp4" : "png";
  const host = order.fate.delivery === "another host" ? "https://elsewhere.example" : world.url();
  const urls = Array.from(
    { length: order.count },
    (_, index) => `${host}/replicate/delivery/${order.id}/${index}.${extension}`,
  );
  return order.model.endsWith("flux-schnell") || urls.length > 1 ? urls : (urls[0] ?? null);
}

export const createFile: Handler = ({ world, form }) => {
  const content = form?.get("content");
  if (!(content instanceof File))
    throw new Refused(422, note(world, "replicate", ["content is required"]) ?? "");
  const id = randomBytes(12).toString("hex");
  return content.arrayBuffer().then((buffer): Answer => {
    const bytes = Buffer.from(buffer);
    world.store.uploads.set(id, { bytes, mime: content.type });
    return {
      status: 201,
      json: {
        id,
        content_type: content.type,
        size: bytes.length,
        checksums: {},
        metadata: {},
        created_at: new Date().toISOString(),
        expires_at: new Date(Date.now() + 86_400_000).toISOString(),
        urls: { get: `${world.url()}/replicate/v1/files/${id}` },
      },
    };
  });
};

export const getAccount: Handler = () => ({ status: 200, json: { type: "user", username: "contract" } });
export const getWebhookSecret: Handler = () => ({ status: 200, json: { key: WEBHOOK_SECRET } });

export function checkReplicateKey({ headers }: Exchange): void {
  if (headers.get("authorization") === `Bearer ${REPLICATE_TOKEN}`) return;
  throw new Refused(401, "You did not pass a valid authentication token");
}
