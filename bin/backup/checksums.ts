import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError, isErrno } from "@/lib/errors";

/** The form of sha256sum, so that `sha256sum --check checksums.txt` verifies a backup without Kinora. */
export const CHECKSUMS = "checksums.txt";

export function checksumLine(path: string, sha256: string): string {
  return `${sha256}  ${path}\n`;
}

export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}

/** Reads every file of a backup once and refuses one that was changed or lost. Returns their paths. */
export async function verifyChecksums(folder: string): Promise<string[]> {
  const lines = (await readFile(join(folder, CHECKSUMS), "utf8")).trimEnd().split("\n");
  const paths: string[] = [];
  for (const line of lines) {
    const [sha256, path] = [line.slice(0, 64), line.slice(66)];
    const found = await hashFile(join(folder, path)).catch((error) => {
      if (isErrno(error, "ENOENT")) return "nothing";
      throw error;
    });
    if (found !== sha256) {
      throw new AppError("bad_input", `The backup is damaged: ${path} is not what was written.`, {
        action: "Take another copy of it. Nothing was restored.",
      });
    }
    paths.push(path);
  }
  return paths;
}
