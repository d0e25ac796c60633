import { join } from "node:path";
import { log } from "@/lib/log";
import {
  MediaError,
  makePreview,
  makeSoundPreview,
  makeThumbnail,
  makeUprightCopy,
  measurePalette,
  type Probe,
} from "@/lib/media";
import { examineFile, nameErrors, type Sender } from "./examine-file";

/**
 * What a file was found to be, and what pages show in place of it: a film to hover over, a recording that browsers
 * play, a picture that every browser shows upright. No preview where the file itself will do.
 */
export type Survey = {
  probed: Probe;
  palette: string[];
  thumbPath: string;
  previewPath: string | null;
};

/**
 * Looks at a file and leaves thumbnail and preview in the folder, made anew from its pixels, so they carry no EXIF
 * and no place. Throws `media_invalid` or `media_failed` with words that name the file.
 */
export function surveyFile(
  path: string,
  filename: string,
  folder: string,
  sender: Sender = "person",
): Promise<Survey> {
  return nameErrors(filename, async () => {
    const probed = await examineFile(path, sender);
    const thumbPath = join(folder, "thumb.webp");
    await makeThumbnail(path, probed.kind, thumbPath, { probed });
    const palette = probed.kind === "audio" ? [] : await measurePalette(thumbPath);
    const previewPath = await preview(path, folder, probed).catch((thrown: unknown) => {
      // What was paid for goes into the library also where no preview can be made of it.
      if (sender === "person" || !(thrown instanceof MediaError) || thrown.code === "failed") throw thrown;
      log.warn({ err: thrown }, "no preview could be made of a provider's file");
      return null;
    });
    return { probed, palette, thumbPath, previewPath };
  });
}

async function preview(path: string, folder: string, probed: Probe): Promise<string | null> {
  if (probed.kind === "picture") {
    if (probed.turnedByBrowsers) return null;
    const copy = join(folder, "preview.webp");
    await makeUprightCopy(path, copy);
    return copy;
  }
  if (probed.kind === "video") {
    const film = join(folder, "preview.mp4");
    await makePreview(path, film, { probed });
    return film;
  }
  if (probed.unplayableBecause === null) return null;
  const sound = join(folder, "preview.m4a");
  await makeSoundPreview(path, sound, { probed });
  return sound;
}
