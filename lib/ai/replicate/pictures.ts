import { z } from "zod";
import type { MediaInput, Order } from "../capability";
import { failure } from "../failures";
import { toDataUrl, uploadName } from "../picture-input";
import { callReplicate } from "./api";
import { REPLICATE } from "./declaration";
import type { ModelInput } from "./inputs";

/** Above this Replicate wants a URL instead of a data URL. */
const DATA_URL_LIMIT = 256 * 1024;
const UPLOAD_LIMIT_BYTES = 100_000_000;
const Uploaded = z.object({ urls: z.object({ get: z.url() }) });

/** The pictures of an order under the names the model has for them. */
export async function addPictures(input: ModelInput, order: Order, signal: AbortSignal) {
  const fields: Record<string, string | string[]> = {};
  if (order.capability === "animateImage" && input.frame) {
    fields[input.frame] = await hand(order.input.image, signal);
  }
  if (order.capability === "generateImage" && order.input.references.length > 0 && input.references) {
    const handed: string[] = [];
    for (const picture of order.input.references) handed.push(await hand(picture, signal));
    fields[input.references.name] = handed;
  }
  return fields;
}

/** A URL that Replicate can read the picture from: ours where it can reach us, within the request, or uploaded. */
async function hand(picture: MediaInput, signal: AbortSignal): Promise<string> {
  const url = await picture.url();
  if (url) return url;
  if (Math.ceil(picture.bytes / 3) * 4 + 64 <= DATA_URL_LIMIT) return toDataUrl(picture);
  if (picture.bytes >= UPLOAD_LIMIT_BYTES) {
    throw failure(REPLICATE, "provider_input", "This picture is too large for Replicate (100 MB).", {
      action: "Use a smaller picture.",
    });
  }
  const file = new File([new Uint8Array(await picture.read())], uploadName(picture), { type: picture.mime });
  return callReplicate({ signal, timeoutSeconds: 180 }, async (client) => {
    const uploaded = await client.files.create(file, {}, { signal });
    return Uploaded.parse(uploaded).urls.get;
  });
}
