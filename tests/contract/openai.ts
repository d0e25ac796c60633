import { type Usage, usageOf } from "./bills";
import { DIRT, distort } from "./distort";
import { page } from "./junk";
import { makePicture } from "./media";
import { type Answer, type Order, Refused } from "./types";
import { type Exchange, type Handler, isPicture, note, takeOrder, type World } from "./world";

export const OPENAI_KEY = "sk-contract-key-of-the-tests";

const SIZE = /^(\d+)x(\d+)$/;
/** Newer than the specification: judged here. */
const IMAGE_MODELS = [
  "gpt-image-2.6-flare",
  "gpt-image-2.6-sunburst",
  "gpt-image-2.5-flare",
  "gpt-image-2.5-sunburst",
];
const TEXT_MODELS = ["gpt-6-luna"];

export const generateImages: Handler = async ({ world, json }) => {
  const problems = world.specs?.openai.checkRequest("POST", "/images/generations", json) ?? [];
  return makeImages(world, json, problems);
};

export const editImages: Handler = async ({ world, form }) => {
  if (!form) throw new Refused(400, "multipart/form-data is expected");
  const pictures = form.getAll("image[]").concat(form.getAll("image"));
  const fields = Object.fromEntries([...form.entries()].filter(([name]) => !name.startsWith("image")));
  const body = {
    ...fields,
    ...(fields.n ? { n: Number(fields.n) } : {}),
    image: pictures.map(() => "binary"),
  };
  const type = "multipart/form-data";
  const problems = world.specs?.openai.checkRequest("POST", "/images/edits", body, type) ?? [];
  for (const picture of pictures) {
    const real = picture instanceof File && isPicture(Buffer.from(await picture.arrayBuffer()));
    if (!real) problems.push("image is no picture");
  }
  return makeImages(world, body, problems);
};

async function makeImages(world: World, body: Record<string, unknown>, problems: string[]): Promise<Answer> {
  if (!IMAGE_MODELS.includes(String(body.model))) problems.push(`no image model ${body.model}`);
  problems.push(...wrongSize(body.size));
  const wrong = note(world, "openai", problems);
  if (wrong) throw new Refused(400, wrong, "invalid_value");
  const [, width = "1", height = "1"] = SIZE.exec(String(body.size)) ?? [];
  const count = Number(body.n ?? 1);
  const order = take(world, body, { kind: "picture", count, ratio: `${width}:${height}` });
  if (order.fate.refuse) throw moderated();
  const json = {
    created: Math.floor(Date.now() / 1000),
    data: order.fate.empty ? [] : await makeData(order),
    output_format: "png",
    ...told(order, ({ input, output }) => ({
      input_tokens: input,
      output_tokens: output,
      total_tokens: input + output,
      input_tokens_details: { text_tokens: input, image_tokens: 0 },
    })),
  };
  return { status: 200, json: distort(json, "openai", order.fate.words) };
}

function makeData(order: Order) {
  const { delivery, nulls = 0 } = order.fate;
  return Promise.all(
    Array.from({ length: order.count }, async (_, index) => {
      if (index < nulls) return null;
      const bytes = delivery === "page" ? page().bytes : await makePicture(order, index);
      return { b64_json: bytes?.toString("base64") };
    }),
  );
}

/** The usage that an answer tells, right or wrong. */
function told(order: Order, word: (usage: Usage) => object): { usage?: object } {
  const { usage } = order.fate;
  if (usage === "none") return {};
  if (usage === "absurd") return { usage: word({ input: 1e300, output: 1e18 }) };
  if (usage === "negative") return { usage: word({ input: -900, output: -100 }) };
  return { usage: word(usageOf(order)) };
}

function wrongSize(size: unknown): string[] {
  const [, width, height] = (SIZE.exec(String(size)) ?? []).map(Number);
  if (!width || !height) return [`size ${size}`];
  const ratio = width / height;
  return width % 16 || height % 16 || ratio > 3 || ratio < 1 / 3 ? [`size ${size} is not allowed`] : [];
}

function moderated(): Refused {
  const words = "Your request was rejected by the safety system.";
  return new Refused(400, words, "moderation_blocked");
}

export const createResponse: Handler = ({ world, json }) => {
  const problems = world.specs?.openai.checkRequest("POST", "/responses", json) ?? [];
  if (!TEXT_MODELS.includes(String(json.model))) problems.push(`no model ${json.model}`);
  problems.push(...wrongPictures(json.input));
  const wrong = note(world, "openai", problems);
  if (wrong) throw new Refused(400, wrong);
  const order = take(world, json, { kind: "text", count: 1, ratio: "1:1" });
  return { status: 200, json: distort(respond(order, json), "openai", order.fate.words) };
};

type Part = { type: string; image_url?: string };

function wrongPictures(input: unknown): string[] {
  const parts = (Array.isArray(input) ? input : []).flatMap(
    (item: { content?: Part[] }) => item.content ?? [],
  );
  return parts.flatMap(({ type, image_url = "" }) => {
    if (type !== "input_image" || image_url.startsWith("https://")) return [];
    return isPicture(Buffer.from(image_url.split(",")[1] ?? "", "base64")) ? [] : ["image_url is no picture"];
  });
}

const ANALYSIS = {
  description: "A plain test card runs from one colour into another. It is seen straight on, in even light.",
  tags: ["Gradient", "abstract", "test card", "colour", "colour"],
  palette: ["#336699", "#FFCC00", "not a colour", "#112233"],
  suggestedMotion: "The camera glides slowly to the right while the colours breathe.",
};

/** An answer as the specification words it: the analysis, a refusal, or one cut short. */
function respond(order: Order, { model }: Record<string, unknown>) {
  const { refuse, fail, words, text: written } = order.fate;
  const description = words === "dirty" ? ANALYSIS.description + DIRT : ANALYSIS.description;
  const asked = JSON.stringify({ ...ANALYSIS, description });
  const text = { type: "output_text", text: written ?? asked, annotations: [], logprobs: [] };
  const content = refuse ? { type: "refusal", refusal: "I can't help with that." } : text;
  const status = fail ? "incomplete" : "completed";
  const message = { id: `msg_${order.id}`, type: "message", role: "assistant", status, content: [content] };
  return {
    id: `resp_${order.id}`,
    object: "response",
    created_at: Math.floor(Date.now() / 1000),
    status,
    model,
    error: null,
    incomplete_details: fail ? { reason: fail } : null,
    instructions: null,
    metadata: {},
    output: fail ? [] : [message],
    parallel_tool_calls: true,
    temperature: 1,
    tool_choice: "auto",
    tools: [],
    top_p: 1,
    ...told(order, ({ input, output }) => ({
      input_tokens: input,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: 50 },
      total_tokens: input + output,
    })),
  };
}

function take(
  world: World,
  body: Record<string, unknown>,
  made: Pick<Order, "kind" | "count" | "ratio">,
): Order {
  const model = String(body.model);
  const plain = {
    provider: "openai",
    model,
    input: body,
    key: null,
    webhook: null,
    durationSeconds: 0,
  } as const;
  return takeOrder(world, { ...plain, ...made });
}

export const listModels: Handler = () => ({
  status: 200,
  json: {
    object: "list",
    data: [...IMAGE_MODELS, ...TEXT_MODELS].map((id) => ({
      id,
      object: "model",
      created: 1,
      owned_by: "openai",
    })),
  },
});

export function checkOpenAiKey({ headers }: Exchange): void {
  if (headers.get("authorization") === `Bearer ${OPENAI_KEY}`) return;
  throw new Refused(401, "Incorrect API key provided: sk-…sts.", "invalid_api_key");
}
