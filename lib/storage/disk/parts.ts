import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { isErrno } from "@/lib/errors";
import { choosePartBytes, endedUpload, lengthOfPart, requireAllParts } from "../parts";
import type { PartedUpload, Storage } from "../storage";
import { toDiskError } from "./errors";

/** Parts of unfinished uploads lie here, a folder for each upload. */
export const UPLOADS = ".uploads";
/** A line of 10 kB/s brings one in three and a half minutes: so little is lost when it breaks. */
const PART_BYTES = 2 * 1024 * 1024;
const COPY_BYTES = 1024 * 1024;
const HANDLE = /^[0-9a-f-]{36}$/;

type Parts = Pick<Storage, "openUpload" | "putPart" | "listParts" | "abortUpload"> & {
  /** Writes the parts one after another into a file that does not exist yet. */
  joinInto(upload: PartedUpload, path: string): Promise<void>;
};

/** Each part is a file of its own, put in place at once when it is whole: what is listed can be relied upon. */
export function diskParts(root: string): Parts {
  const folderOf = ({ handle }: Pick<PartedUpload, "handle">) => {
    if (!HANDLE.test(handle)) throw endedUpload();
    return join(root, UPLOADS, handle);
  };

  const listParts: Storage["listParts"] = async (upload) => {
    const folder = folderOf(upload);
    const names = await readdir(folder).catch(whenEnded);
    const arrived: number[] = [];
    for (const number of names.filter((name) => /^\d+$/.test(name)).map(Number)) {
      const { size } = await stat(join(folder, String(number))).catch(whenEnded);
      if (size === lengthOfPart(upload, number)) arrived.push(number);
    }
    return arrived.sort((a, b) => a - b);
  };

  return {
    listParts,

    async openUpload(key, { bytes }) {
      const upload = { key, handle: randomUUID(), bytes, partBytes: choosePartBytes(bytes, PART_BYTES) };
      await mkdir(folderOf(upload), { recursive: true }).catch(whenEnded);
      return upload;
    },

    async putPart(upload, number, body) {
      const length = lengthOfPart(upload, number);
      const folder = folderOf(upload);
      const temporary = join(folder, `${randomUUID()}.part`);
      try {
        const file = await open(temporary, "wx");
        await pipeline(body, file.createWriteStream({ flush: true }));
        if ((await stat(temporary)).size !== length) throw new Error("a part of another length");
        await rename(temporary, join(folder, String(number)));
      } catch (thrown) {
        body.destroy();
        await whenEnded(thrown);
      } finally {
        await rm(temporary, { force: true });
      }
    },

    async joinInto(upload, path) {
      const arrived = await listParts(upload);
      requireAllParts(upload, arrived);
      const whole = await open(path, "wx");
      const buffer = Buffer.allocUnsafe(COPY_BYTES);
      try {
        for (const number of arrived) await append(whole, join(folderOf(upload), String(number)), buffer);
      } finally {
        await whole.close();
      }
    },

    async abortUpload(upload) {
      await rm(folderOf(upload), { recursive: true, force: true });
    },
  };
}

/** Through one buffer: a stream would leave all that passed through it to be collected. */
async function append(whole: Awaited<ReturnType<typeof open>>, path: string, buffer: Buffer): Promise<void> {
  const part = await open(path, "r");
  try {
    while (true) {
      const { bytesRead } = await part.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return;
      await whole.write(buffer, 0, bytesRead);
    }
  } finally {
    await part.close();
  }
}

function whenEnded(thrown: unknown): never {
  throw isErrno(thrown, "ENOENT") ? endedUpload() : toDiskError(thrown, "save");
}
