import { join } from "node:path";
import { makePreview, makeThumbnail, measurePalette, type Probe } from "@/lib/media";
import { examineFile, nameErrors } from "./examine-file";

/** What a file was found to be, and what pages show in place of it. A preview is there for films only. */
export type Survey = { probed: Probe; palette: string[]; thumbPath: string; previewPath: string };

/**
 * Looks at a file and leaves thumbnail and preview in the folder, made anew from its pixels, so they carry no EXIF
 * and no place. Throws `media_invalid` or `media_failed` with words that name the file.
 */
export function surveyFile(path: string, filename: string, folder: string): Promise<Survey> {
  return nameErrors(filename, async () => {
    const probed = await examineFile(path);
    const [thumbPath, previewPath] = [join(folder, "thumb.webp"), join(folder, "preview.mp4")];
    await makeThumbnail(path, probed.kind, thumbPath);
    if (probed.kind === "video") await makePreview(path, previewPath);
    const palette = probed.kind === "audio" ? [] : await measurePalette(thumbPath);
    return { probed, palette, thumbPath, previewPath };
  });
}
