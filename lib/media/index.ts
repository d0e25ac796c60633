/** Pictures, film and sound: what a file is, what it holds, and ffmpeg kept on a lead. Knows nothing of the app. */

export { type FfmpegFeatures, ffmpegFeatures } from "./features";
export { extractFrame } from "./frame";
export { type Identity, identify, type MediaKind } from "./identify";
export { MediaError, type MediaErrorCode } from "./media-error";
export { measurePalette } from "./palette";
export { MAX_PICTURE_PIXELS, openPicture } from "./picture";
export { preparePicture } from "./prepare-picture";
export { makePreview, makeSoundPreview } from "./preview";
export { probe } from "./probe";
export type { Probe } from "./probe-result";
export { configureMedia, findProgram, isBundled, type MediaPrograms } from "./programs";
export {
  type FfmpegInput,
  type FfmpegOutput,
  type FfmpegProgress,
  type FfmpegRun,
  runFfmpeg,
} from "./run-ffmpeg";
export { ProgramFailure, runProgram } from "./run-program";
export { makeThumbnail } from "./thumbnail";
export { makeUprightCopy } from "./upright-copy";
export { type VerifiedVideo, type VerifyOptions, verifyVideo } from "./verify-video";
