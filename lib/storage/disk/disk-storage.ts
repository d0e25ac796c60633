import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, constants, copyFile, link, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { mimeOfKey, requireKey, requirePrefix } from "../key";
import { missingFile, outOfRange } from "../missing";
import { signMediaPath } from "../signature";
import type { Storage } from "../storage";
import { toDiskError } from "./errors";
import { listFolder, sweepFolder } from "./folder";
import { diskParts, UPLOADS } from "./parts";

/** Unfinished files lie here, on the same file system, so that a rename makes them whole at once. */
const INCOMING = ".incoming";
const READ_CHUNK_BYTES = 256 * 1024;
const FOLDERS_CAN_SYNC = process.platform !== "win32";

/** Media in a folder. A file's type is the one its key's extension stands for. */
export function diskStorage(root: string): Storage {
  const pathOf = (key: string) => join(root, requireKey(key));
  const { joinInto, ...parts } = diskParts(root);

  /** Lets `write` make a file beside its place, then moves it there; a failure leaves nothing. */
  async function placeFile(key: string, write: (temporaryPath: string) => Promise<void>): Promise<void> {
    const path = pathOf(key);
    const temporary = join(root, INCOMING, randomUUID());
    try {
      await mkdir(dirname(temporary), { recursive: true });
      await write(temporary);
      await sync(temporary, "r+");
      await mkdir(dirname(path), { recursive: true });
      await rename(temporary, path);
      if (FOLDERS_CAN_SYNC) await sync(dirname(path), "r");
    } catch (thrown) {
      throw toDiskError(thrown, "save");
    } finally {
      await rm(temporary, { force: true });
    }
  }

  const head: Storage["head"] = async (key) => {
    const found = await stat(pathOf(key)).catch(absent);
    return found?.isFile() ? { bytes: found.size, mime: mimeOfKey(key) } : null;
  };

  return {
    kind: "disk",

    async put(key, body) {
      await placeFile(key, async (temporary) => {
        if (Buffer.isBuffer(body) || body instanceof Readable) await writeStream(temporary, body);
        else await copyFile(body.path, temporary, constants.COPYFILE_FICLONE);
      });
      return { bytes: (await stat(pathOf(key))).size };
    },

    async get(key, range) {
      const found = await head(key);
      if (!found) throw missingFile();
      if (range && range.start >= found.bytes) throw outOfRange();
      const stream = createReadStream(pathOf(key), { ...range, highWaterMark: READ_CHUNK_BYTES });
      return { ...found, stream };
    },

    head,

    async copy(from, to) {
      if (!(await head(from))) throw missingFile();
      // Files never change once they are in place, so a second name for the same bytes is a copy.
      await placeFile(to, (temporary) =>
        link(pathOf(from), temporary).catch(() =>
          copyFile(pathOf(from), temporary, constants.COPYFILE_FICLONE),
        ),
      );
    },

    async delete(keys) {
      for (const key of keys) {
        await rm(pathOf(key), { force: true }).catch((thrown: unknown) => {
          throw toDiskError(thrown, "delete");
        });
      }
    },

    localPath: pathOf,
    signedUrl: async (key, options) => signMediaPath(key, options),
    ...parts,
    signParts: async () => null,
    async finishUpload(upload) {
      await placeFile(upload.key, (temporary) => joinInto(upload, temporary));
      await parts.abortUpload(upload);
    },
    list: (prefix) => listFolder(root, requirePrefix(prefix), [INCOMING, UPLOADS]),
    sweepUnfinished: async (before) =>
      (await sweepFolder(join(root, INCOMING), before.puts)) +
      (await sweepFolder(join(root, UPLOADS), before.uploads)),

    async check() {
      const key = `check/${randomUUID()}.txt`;
      try {
        await this.put(key, Buffer.from("kinora"), "text/plain");
        await access(pathOf(key), constants.R_OK);
      } finally {
        await this.delete([key]);
      }
    },
  };
}

async function writeStream(path: string, body: Buffer | Readable): Promise<void> {
  const file = await open(path, "wx");
  await pipeline(Buffer.isBuffer(body) ? [body] : body, file.createWriteStream());
}

/** Data or directory entries reach the disk before anyone is told that they are there. */
async function sync(path: string, flags: "r" | "r+"): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function absent(thrown: NodeJS.ErrnoException): null {
  if (thrown.code === "ENOENT" || thrown.code === "ENOTDIR") return null;
  throw toDiskError(thrown, "read");
}
