import { randomUUID } from "node:crypto";
import { distort } from "./distort";
import { phaseOf } from "./store";
import { type Answer, type Order, Refused } from "./types";
import { type Exchange, type Handler, isPicture, note, takeOrder, type World } from "./world";

export const LEONARDO_KEY = "00000000-0000-4000-8000-000000000000";
const USER_ID = "11111111-1111-4111-8111-111111111111";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Version 2 has no specification file: its documented models and parameters, by hand. */
const PICTURE = ["prompt", "width", "height", "quantity", "seed", "prompt_enhance", "guidances"];
const FILM = ["prompt", "width", "height", "duration", "mode", "motion_has_audio", "guidances"];
const FILM_SIZES = ["1920x1080", "1080x1920", "1440x1440"];
const V2_MODELS: Record<
  string,
  { film: boolean; parameters: string[]; sizes?: string[]; references: number }
> = {
  "nano-banana-2": {
    film: false,
    parameters: [...PICTURE, "style_ids"],
    sizes: ["1376x768", "768x1376", "1024x1024", "1200x896", "896x1200"],
    references: 6,
  },
  "seedream-5.0-pro": { film: false, parameters: [...PICTURE, "output_format"], references: 10 },
  "kling-3.0": { film: true, parameters: FILM, sizes: FILM_SIZES, references: 0 },
  "kling-3.0-turbo": { film: true, parameters: FILM, sizes: FILM_SIZES, references: 0 },
};

type Guidance = { image?: { id?: string; type?: string } };
type Parameters = {
  prompt?: unknown;
  width?: number;
  height?: number;
  quantity?: number;
  duration?: number;
  guidances?: Record<string, Guidance[]>;
};

export const createGeneration: Handler = ({ world, json }) => {
  const parameters = (json.parameters ?? {}) as Parameters;
  const wrong = note(world, "leonardo", wrongGeneration(world, json, parameters));
  if (wrong) throw new Refused(400, wrong, "validation-failed");
  const model = String(json.model);
  const order = takeOrder(world, {
    provider: "leonardo",
    id: randomUUID(),
    model,
    input: parameters as Record<string, unknown>,
    key: null,
    webhook: null,
    kind: V2_MODELS[model]?.film ? "film" : "picture",
    count: parameters.quantity ?? 1,
    durationSeconds: parameters.duration ?? 5,
    ratio: `${parameters.width}:${parameters.height}`,
  });
  if (order.fate.refuse) throw new Refused(400, "Content moderation: the prompt was blocked.", "bad-request");
  return { status: 200, json: { generate: { generationId: order.id } } };
};

function wrongGeneration(world: World, body: Record<string, unknown>, parameters: Parameters): string[] {
  const model = V2_MODELS[String(body.model)];
  if (!model) return [`no model ${body.model}`];
  const problems = unknownKeys(body, ["model", "public", "parameters"], "body");
  problems.push(...unknownKeys(parameters, model.parameters, "parameters"));
  if (body.public !== false) problems.push("public is not false");
  if (typeof parameters.prompt !== "string" || !parameters.prompt)
    problems.push("parameters.prompt is required");
  const size = `${parameters.width}x${parameters.height}`;
  if (model.sizes && !model.sizes.includes(size)) problems.push(`size ${size}`);
  if (!model.film && !within(parameters.quantity ?? 1, 1, 6))
    problems.push(`quantity ${parameters.quantity}`);
  if (model.film && !within(parameters.duration ?? 0, 3, 15))
    problems.push(`duration ${parameters.duration}`);
  const guidances = parameters.guidances ?? {};
  problems.push(
    ...unknownKeys(guidances, model.film ? ["start_frame", "end_frame"] : ["image_reference"], "guidances"),
  );
  if (model.film && guidances.start_frame?.length !== 1)
    problems.push("guidances.start_frame is not one picture");
  if ((guidances.image_reference?.length ?? 0) > model.references) problems.push("too many references");
  for (const { image } of Object.values(guidances).flat()) {
    if (image?.type !== "UPLOADED" || !world.store.uploads.has(image.id ?? ""))
      problems.push("no such upload");
  }
  return problems;
}

function within(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

function unknownKeys(object: object, known: string[], where: string): string[] {
  return Object.keys(object).flatMap((name) =>
    known.includes(name) ? [] : [`${where}.${name} is not known`],
  );
}

export const getGeneration: Handler = ({ world, params }) => {
  if (!UUID.test(params[0] ?? ""))
    throw new Refused(400, "invalid input syntax for type uuid", "data-exception");
  const order = world.store.orders.get(params[0] ?? "");
  const right = checked(world, "/generations/{id}", {
    generations_by_pk: order ? toGeneration(world, order) : null,
  });
  return order ? { ...right, json: { generations_by_pk: tell(world, order) } } : right;
};

export const listGenerations: Handler = ({ world, url, params }) => {
  if (params[0] !== USER_ID) return { status: 200, json: { generations: [] } };
  const offset = Number(url.searchParams.get("offset") ?? 0);
  const limit = Number(url.searchParams.get("limit") ?? 10);
  const generations = [...world.store.orders.values()]
    .filter(({ provider }) => provider === "leonardo")
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
    .slice(offset, offset + limit);
  const right = generations.map((order) => toGeneration(world, order));
  checked(world, "/generations/user/{userId}", { generations: right });
  return { status: 200, json: { generations: generations.map((order) => tell(world, order)) } };
};

function checked(world: World, template: string, json: unknown): Answer {
  const wrong = world.specs?.leonardo.checkAnswer("GET", template, 200, json) ?? [];
  if (wrong.length > 0) throw new Error(`The contract server's own answer is wrong: ${wrong.join("; ")}`);
  return { status: 200, json };
}

/** A generation as it is told, in the words of its fate. */
function tell(world: World, order: Order): unknown {
  const { status, nulls = 0, words } = order.fate;
  const right = toGeneration(world, order);
  const told = {
    ...right,
    ...(right.status === "COMPLETE" && status !== undefined && { status }),
    generated_images: right.generated_images.map((one, index) => (index < nulls ? null : one)),
  };
  return distort(told, "leonardo", words);
}

function toGeneration(world: World, order: Order) {
  const phase = phaseOf(order);
  const { width, height, prompt, seed } = order.input;
  const done = phase === "succeeded" && !order.fate.empty;
  const host = order.fate.delivery === "another host" ? "https://elsewhere.example" : world.url();
  const base = `${host}/leonardo/delivery/${order.id}`;
  const film = order.kind === "film";
  return {
    id: order.id,
    createdAt: order.createdAt.replace("Z", ""),
    status: { succeeded: "COMPLETE", failed: "FAILED", aborted: "FAILED" }[phase as string] ?? "PENDING",
    prompt,
    public: false,
    imageWidth: width,
    imageHeight: height,
    ...(typeof seed === "number" ? { seed } : {}),
    generated_images: Array.from({ length: done ? order.count : 0 }, (_, index) => ({
      id: randomUUID(),
      likeCount: 0,
      nsfw: false,
      url: film ? `${base}/poster-${index}.png` : `${base}/${index}.png`,
      motionMP4URL: film ? `${base}/${index}.mp4` : null,
      generated_image_variation_generics: [],
    })),
    generation_elements: [],
  };
}

export const createInitImage: Handler = ({ world, json }) => {
  const problems = world.specs?.leonardo.checkRequest("POST", "/init-image", json) ?? [];
  if (!["png", "jpg", "jpeg", "webp"].includes(String(json.extension)))
    problems.push("Invalid file extension");
  const wrong = note(world, "leonardo", problems);
  if (wrong) throw new Refused(400, wrong, "bad-request");
  const id = randomUUID();
  const fields = JSON.stringify({ key: `${id}.${json.extension}`, policy: "contract" });
  const uploadInitImage = {
    id,
    url: `${world.url()}/leonardo/upload/${id}`,
    fields,
    key: `${id}.${json.extension}`,
  };
  return { status: 200, json: { uploadInitImage } };
};

/** The bucket's side of an upload: the signed fields first, the file last, and nobody's key. */
export const receiveUpload: Handler = async ({ world, form, headers, params }) => {
  const names = [...(form?.keys() ?? [])];
  const file = form?.get("file");
  const problems: string[] = [];
  if (headers.has("authorization")) problems.push("the upload carries the key");
  if (names.at(-1) !== "file" || !names.includes("policy"))
    problems.push(`fields in the order ${names.join(", ")}`);
  const bytes = file instanceof File ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0);
  if (!isPicture(bytes)) problems.push("the upload is no picture");
  const wrong = note(world, "leonardo", problems);
  if (wrong) throw new Refused(400, wrong);
  world.store.uploads.set(params[0] ?? "", { bytes, mime: "image/png" });
  return { status: 204 };
};

export const getMe: Handler = () => ({
  status: 200,
  json: {
    user_details: [
      { user: { id: USER_ID, username: "contract" }, apiSubscriptionTokens: 3500, apiPaidTokens: 0 },
    ],
  },
});

export function checkLeonardoKey({ headers }: Exchange): void {
  if (headers.get("authorization") === `Bearer ${LEONARDO_KEY}`) return;
  throw new Refused(401, "Authentication hook unauthorized this request", "access-denied");
}
