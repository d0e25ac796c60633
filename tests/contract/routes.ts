import { page } from "./junk";
import * as leonardo from "./leonardo";
import { makeFilm, makePicture } from "./media";
import * as openai from "./openai";
import * as replicate from "./replicate";
import { phaseOf } from "./store";
import { type ProviderName, Refused, type RequestKind } from "./types";
import type { Exchange, Handler } from "./world";

export type Route = {
  method: string;
  pattern: RegExp;
  provider: ProviderName;
  kind: RequestKind;
  handle: Handler;
  /** Throws when the request carries no valid key; absent where none is asked for. */
  checkKey?: (exchange: Exchange) => void;
};

/** Above what Kinora fetches. */
const TOO_LARGE_BYTES = 2 ** 31;

/** A provider's result, as its delivery host gives it out, or as the order's fate has it. */
const deliver: Handler = async ({ world, url, params }) => {
  const [id = "", index = "0", extension] = params;
  const order = world.store.orders.get(id);
  if (!order || phaseOf(order) !== "succeeded") throw new Refused(404, "Not Found");
  const { delivery } = order.fate;
  if (typeof delivery === "number") throw new Refused(delivery, "Not Found");
  if (delivery === "page") return page();
  if (delivery === "circle") return { status: 302, headers: { location: url.pathname } };
  if (delivery === "too large")
    return { status: 200, bytes: Buffer.from("\0"), headers: { "content-length": String(TOO_LARGE_BYTES) } };
  if (extension === "png") {
    return {
      status: 200,
      bytes: await makePicture(order, Number(index)),
      headers: { "content-type": "image/png" },
    };
  }
  return { status: 200, bytes: await makeFilm(order), headers: { "content-type": "video/mp4" } };
};

const on = (
  provider: ProviderName,
  method: string,
  pattern: string,
  kind: RequestKind,
  handle: Handler,
  checkKey?: Route["checkKey"],
): Route => ({ provider, method, pattern: new RegExp(`^${pattern}$`), kind, handle, checkKey });

const R = "/replicate/v1";
const O = "/openai/v1";
const L = "/leonardo/api/rest";
const toReplicate = replicate.checkReplicateKey;
const toOpenAi = openai.checkOpenAiKey;
const toLeonardo = leonardo.checkLeonardoKey;

export const ROUTES: Route[] = [
  on(
    "replicate",
    "POST",
    `${R}/models/([^/]+)/([^/]+)/predictions`,
    "create",
    replicate.createPrediction,
    toReplicate,
  ),
  on("replicate", "GET", `${R}/predictions`, "list", replicate.listPredictions, toReplicate),
  on("replicate", "GET", `${R}/predictions/([^/]+)`, "look", replicate.getPrediction, toReplicate),
  on(
    "replicate",
    "POST",
    `${R}/predictions/([^/]+)/cancel`,
    "cancel",
    replicate.cancelPrediction,
    toReplicate,
  ),
  on("replicate", "POST", `${R}/files`, "upload", replicate.createFile, toReplicate),
  on("replicate", "GET", `${R}/account`, "account", replicate.getAccount, toReplicate),
  on("replicate", "GET", `${R}/webhooks/default/secret`, "secret", replicate.getWebhookSecret, toReplicate),
  on("replicate", "GET", "/replicate/delivery/([^/]+)/(\\d+)\\.(png|mp4)", "download", deliver),

  on("openai", "POST", `${O}/images/generations`, "create", openai.generateImages, toOpenAi),
  on("openai", "POST", `${O}/images/edits`, "create", openai.editImages, toOpenAi),
  on("openai", "POST", `${O}/responses`, "create", openai.createResponse, toOpenAi),
  on("openai", "GET", `${O}/models`, "models", openai.listModels, toOpenAi),

  on("leonardo", "POST", `${L}/v2/generations`, "create", leonardo.createGeneration, toLeonardo),
  on("leonardo", "GET", `${L}/v1/generations/user/([^/]+)`, "list", leonardo.listGenerations, toLeonardo),
  on("leonardo", "GET", `${L}/v1/generations/([^/]+)`, "look", leonardo.getGeneration, toLeonardo),
  on("leonardo", "POST", `${L}/v1/init-image`, "upload", leonardo.createInitImage, toLeonardo),
  on("leonardo", "POST", "/leonardo/upload/([^/]+)", "upload", leonardo.receiveUpload),
  on("leonardo", "GET", `${L}/v1/me`, "account", leonardo.getMe, toLeonardo),
  on("leonardo", "GET", "/leonardo/delivery/([^/]+)/(?:poster-)?(\\d+)\\.(png|mp4)", "download", deliver),
];
