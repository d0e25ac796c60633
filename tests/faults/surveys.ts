import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { copyFile, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { surveyFile } from "@/lib/studio/survey";
import { statement } from "./life";

type SurveyFile = typeof surveyFile;

/** A survey that can break down, and that looks at the same bytes only once: what a film's preview takes is time. */
export function breakableSurvey(real: SurveyFile): SurveyFile {
  const folder = mkdtempSync(join(tmpdir(), "kinora-walked-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const kept = new Map<string, ReturnType<SurveyFile>>();
  const remembered: SurveyFile = async (path, filename, into, sender) => {
    const hash = createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
    const first = kept.get(hash) ?? real(path, filename, await mkdtemp(join(folder, "survey-")), sender);
    kept.set(hash, first);
    const found = await first;
    const place = async (from: string) => {
      await copyFile(from, join(into, basename(from)));
      return join(into, basename(from));
    };
    const { thumbPath, previewPath } = found;
    return {
      ...found,
      thumbPath: await place(thumbPath),
      previewPath: previewPath === null ? null : await place(previewPath),
    };
  };
  return (...args) => statement("look at a file", "survey", () => remembered(...args));
}
