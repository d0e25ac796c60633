import { FinishedUpload, NewUpload } from "@/lib/assets";
import { requireCaller } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { finishUpload } from "@/lib/studio/finish-upload";
import { abortUpload, beginUpload, receivePart, resumeUpload } from "@/lib/studio/uploads";
import { validate } from "@/lib/validate";

import { readJson } from "./body";
import { checkDigest } from "./content-digest";
import { endpoint } from "./endpoint";
import { toAssetView } from "./media-urls";
import { fromWebStream } from "./web-stream";

/** The list of parts of the largest film. */
const PARTS_BYTES = 1024 * 1024;

type Workspace = { params: Promise<{ slug: string }> };
type OneUpload = { params: Promise<{ slug: string; upload: string }> };
type OnePart = { params: Promise<{ slug: string; upload: string; part: string }> };

/** However slow a line is, something moves on it; after so long without a byte it is dead. */
const STALL_SECONDS = 60;

/** POST {name, bytes, type} → 201: in which parts the bytes are to be sent, and where to. */
export const announceUpload = endpoint<Workspace>(async (request, { params }) => {
  const caller = await requireCaller((await params).slug);
  const begun = await beginUpload(caller, validate(NewUpload, await readJson(request)));
  return Response.json(begun, { status: 201 });
});

/** GET → which parts are there. After a lost connection, a reload or a restart only the others are sent. */
export const tellUpload = endpoint<OneUpload>(async (_request, { params }) => {
  const { slug, upload } = await params;
  return Response.json(await resumeUpload(await requireCaller(slug), upload));
});

/** PUT of one part, as it is. Never through formData(), which would keep all of it in memory. */
export const takePart = endpoint<OnePart>(async (request, { params }) => {
  const { slug, upload, part } = await params;
  const caller = await requireCaller(slug);
  if (!request.body) throw new AppError("bad_input", "The request has no body.");
  const body = fromWebStream(request.body, STALL_SECONDS);
  await receivePart(caller, upload, {
    number: /^\d{1,5}$/.test(part) ? Number(part) : 0,
    declaredBytes: declaredLength(request),
    body: checkDigest(body, request.headers.get("content-digest")),
  });
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
  throw new AppError("bad_input", "The length of the part is missing.", {
    action: "Send a Content-Length header.",
  });
}
