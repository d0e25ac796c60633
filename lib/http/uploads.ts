import { FinishedUpload, NewUpload } from "@/lib/assets";
import { requireCaller } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { finishUpload } from "@/lib/studio/finish-upload";
import { abortUpload, beginUpload, receiveUpload } from "@/lib/studio/uploads";
import { validate } from "@/lib/validate";

import { readJson } from "./body";
import { endpoint } from "./endpoint";
import { toAssetView } from "./media-urls";
import { fromWebStream } from "./web-stream";

/** The list of parts of the largest film. */
const PARTS_BYTES = 1024 * 1024;

type Workspace = { params: Promise<{ slug: string }> };
type OneUpload = { params: Promise<{ slug: string; upload: string }> };

/** POST {name, bytes, type} → 201 {id, plan}: how the bytes are to be sent. */
export const announceUpload = endpoint<Workspace>(async (request, { params }) => {
  const caller = await requireCaller((await params).slug);
  const begun = await beginUpload(caller, validate(NewUpload, await readJson(request)));
  return Response.json(begun, { status: 201 });
});

/** PUT of the file itself, as it is. Never through formData(), which would keep all of it in memory. */
export const takeUpload = endpoint<OneUpload>(async (request, { params }) => {
  const { slug, upload } = await params;
  const caller = await requireCaller(slug);
  if (!request.body) throw new AppError("bad_input", "The request has no body.");
  await receiveUpload(caller, upload, fromWebStream(request.body), declaredLength(request));
  return new Response(null, { status: 204 });
});

/** POST {parts?} → the asset. Safe to repeat. */
export const checkUpload = endpoint<OneUpload>(async (request, { params }) => {
  const { slug, upload } = await params;
  const caller = await requireCaller(slug);
  const asset = await finishUpload(
    caller,
    upload,
    validate(FinishedUpload, await readJson(request, PARTS_BYTES)),
  );
  return Response.json(await toAssetView(asset));
});

/** DELETE ends an upload that is no longer wanted. */
export const cancelUpload = endpoint<OneUpload>(async (_request, { params }) => {
  const { slug, upload } = await params;
  await abortUpload(await requireCaller(slug), upload);
  return new Response(null, { status: 204 });
});

function declaredLength(request: Request): number {
  const header = request.headers.get("content-length");
  if (header !== null && /^\d+$/.test(header)) return Number(header);
  throw new AppError("bad_input", "The length of the file is missing.", {
    action: "Send a Content-Length header.",
  });
}
