import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import type { UploadProgress } from "@/lib/assets";
import { storage } from "@/lib/storage";
import { finishUpload } from "@/lib/studio/finish-upload";
import { abortUpload, receivePart, resumeUpload } from "@/lib/studio/uploads";
import { chunked, picture } from "./upload-bytes";
import type { UploadsUnderTest } from "./upload-suite";

type Tools = { begin(file: string, bytes: number): Promise<UploadProgress>; keys(): Promise<string[]> };

/** What uploads in parts do, whichever way the parts travel. */
export function describeParts(name: string, test: UploadsUnderTest, { begin, keys }: Tools): void {
  describe(`${name}: what arrives in pieces`, () => {
    const MB = 1_048_576;
    /** A picture followed by what no decoder looks at, so that it fills several parts. */
    const large = async () =>
      Buffer.concat([await picture().png().toBuffer(), Buffer.alloc(17 * MB, "after the picture")]);
    const range = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
    const through = (id: string, number: number, bytes: Buffer, part: number) =>
      receivePart(test.caller(), id, {
        number,
        declaredBytes: Math.min(part, bytes.length - (number - 1) * part),
        body: chunked(bytes.subarray((number - 1) * part, number * part)),
      });

    it.skipIf(test.cannotList)("is gone on with where it stopped, also in another order or way", async () => {
      const bytes = await large();
      const { id, partBytes, ...plan } = await begin("in pieces.png", bytes.length);
      const last = Math.ceil(bytes.length / partBytes);
      await test.send({ id, partBytes, ...plan }, bytes, [last, 1]);
      const seen = await resumeUpload(test.caller(), id);
      expect(seen).toMatchObject({ id, bytes: bytes.length, partBytes, arrived: [1, last] });
      expect(Object.keys(seen.urls ?? {})).toEqual(
        plan.urls
          ? range(last - 1)
              .slice(1)
              .map(String)
          : [],
      );
      await expect(finishUpload(test.caller(), id, { parts: [] })).rejects.toMatchObject({
        code: "bad_input",
        message: "in pieces.png has not arrived completely.",
      });
      for (const number of range(last - 1).slice(1)) await through(id, number, bytes, partBytes);
      await through(id, 1, bytes, partBytes);
      const asset = await finishUpload(test.caller(), id, { parts: [] });
      expect(asset).toMatchObject({ kind: "picture", bytes: bytes.length });
      const original = await buffer((await storage().get(asset.storageKey)).stream);
      expect(original.equals(bytes)).toBe(true);
      expect((await resumeUpload(test.caller(), id)).arrived).toEqual(range(last));
      await expect(through(id, 1, bytes, partBytes)).rejects.toMatchObject({ code: "conflict" });
      expect((await keys()).filter((key) => key.includes("/uploads/up_"))).toEqual([]);
    });

    it.skipIf(test.cannotList)("keeps a part that is sent again and breaks off", async () => {
      const bytes = await large();
      const { id, partBytes } = await begin("twice.png", bytes.length);
      await through(id, 1, bytes, partBytes);
      async function* broken() {
        yield new Uint8Array(1_000);
        throw new Error("ECONNRESET");
      }
      for (const number of [1, 2]) {
        const part = { number, declaredBytes: partBytes, body: broken() };
        await expect(receivePart(test.caller(), id, part)).rejects.toMatchObject({ code: "bad_input" });
      }
      expect((await resumeUpload(test.caller(), id)).arrived).toEqual([1]);
      await abortUpload(test.caller(), id);
      await expect(through(id, 2, bytes, partBytes)).rejects.toMatchObject({ code: "not_found" });
    });

    it("takes no part that there is not, nor of another length, nor from another", async () => {
      const { id, partBytes } = await begin("odd.png", 100);
      const part = (number: number, declaredBytes: number) => ({
        ...{ number, declaredBytes },
        body: chunked(Buffer.alloc(declaredBytes)),
      });
      for (const number of [0, 2, -1, 1.5, 99_999]) {
        await expect(receivePart(test.caller(), id, part(number, 100))).rejects.toMatchObject({
          code: "not_found",
        });
      }
      for (const length of [0, 99, 101, partBytes]) {
        await expect(receivePart(test.caller(), id, part(1, length))).rejects.toMatchObject({
          code: "bad_input",
        });
      }
      for (const other of [test.stranger(), { ...test.stranger(), workspaceId: test.caller().workspaceId }]) {
        await expect(receivePart(other, id, part(1, 100))).rejects.toMatchObject({ code: "not_found" });
        await expect(resumeUpload(other, id)).rejects.toMatchObject({ code: "not_found" });
      }
      await abortUpload(test.caller(), id);
    });
  });
}
