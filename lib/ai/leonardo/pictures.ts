import { z } from "zod";
import { env } from "@/lib/env";
import type { MediaInput, Order } from "../capability";
import { failure } from "../failures";
import { downloadRules } from "../guard";
import { uploadName } from "../picture-input";
import { callLeonardo, sendForm } from "./api";
import { LEONARDO } from "./declaration";

const EXTENSIONS: Record<string, string> = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" };

const Upload = z.object({
  uploadInitImage: z.object({
    id: z.string().min(1),
    url: z.string(),
    fields: z.string().transform((text) => z.record(z.string(), z.string()).parse(JSON.parse(text))),
  }),
});

/** The pictures of an order, uploaded, as the guidances that point to them. */
export async function uploadGuidances(order: Order, signal: AbortSignal) {
  if (order.capability === "animateImage") {
    return { start_frame: [{ image: await upload(order.input.image, signal) }] };
  }
  if (order.capability !== "generateImage" || order.input.references.length === 0) return undefined;
  const image_reference: { image: { id: string; type: string }; strength: string }[] = [];
  for (const picture of order.input.references) {
    image_reference.push({ image: await upload(picture, signal), strength: "MID" });
  }
  return { image_reference };
}

/** Asks for a place to upload to, then sends the picture there as a form: its fields first, the file last. */
async function upload(picture: MediaInput, signal: AbortSignal): Promise<{ id: string; type: string }> {
  const extension = EXTENSIONS[picture.mime];
  if (!extension) {
    throw failure(LEONARDO, "provider_input", "Leonardo takes PNG, JPEG and WebP pictures only.", {
      action: "Use a picture of one of these kinds.",
    });
  }
  const { uploadInitImage } = await callLeonardo({ signal }, "v1/init-image", Upload, { extension });
  const form = new FormData();
  for (const [name, value] of Object.entries(uploadInitImage.fields)) form.append(name, value);
  const bytes = new Uint8Array(await picture.read());
  form.append("file", new File([bytes], uploadName(picture), { type: picture.mime }));
  const rules = downloadRules(["*.amazonaws.com", "*.leonardo.ai"], env().LEONARDO_BASE_URL);
  await sendForm({ signal, timeoutSeconds: 180 }, rules.check(uploadInitImage.url), form);
  return { id: uploadInitImage.id, type: "UPLOADED" };
}
