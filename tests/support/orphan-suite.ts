import { afterEach, describe, expect, it } from "vitest";
import type { Caller } from "@/lib/auth/caller";
import { db, schema } from "@/lib/db";
import { newId } from "@/lib/ids";
import { storage } from "@/lib/storage";
import { sweepOrphans } from "@/lib/studio/orphans";

const inTwoDays = () => new Date(Date.now() + 2 * 86_400_000);

/** What the sweep of orphans deletes, and above all what it does not, behind either door of the storage. */
export function describeOrphans(door: string, caller: () => Caller): void {
  describe(`orphans, ${door}`, () => {
    const put = async (key: string) => {
      await storage().put(key, Buffer.from("x"), "image/png");
      return key;
    };
    const isThere = async (key: string) => (await storage().head(key)) !== null;
    const addJob = async (state: "completed" | "running") => {
      const id = newId("job");
      const finishedAt = state === "completed" ? new Date() : null;
      const row = { id, state, finishedAt, workspaceId: caller().workspaceId };
      await db()
        .insert(schema.job)
        .values({ ...row, pipeline: "animated-picture", title: "A film", input: {} });
      return id;
    };
    let keys: string[] = [];
    afterEach(() => storage().delete(keys));

    it("deletes what a crash left, and neither what is young nor what somebody may still come for", async () => {
      const { workspaceId } = caller();
      const [ended, running, doubtful] = [
        await addJob("completed"),
        await addJob("running"),
        await addJob("completed"),
      ];
      await db()
        .insert(schema.generation)
        .values({
          ...{ id: newId("gen"), jobId: doubtful, workspaceId, key: newId("gen"), state: "uncertain" },
          ...{ stepName: "s", stepKey: "k", part: 0, number: 0, capability: "generateImage", input: {} },
          ...{ provider: "openai", model: "openai:x", heldMicros: 5 },
        });
      const left = [
        await put(`${workspaceId}/${ended}/asset_left.png`),
        await put(`${workspaceId}/${ended}/asset_left.thumb.webp`),
        await put(`${workspaceId}/uploads/asset_left.png`),
      ];
      const kept = [
        await put(`${workspaceId}/${running}/asset_running.png`),
        await put(`${workspaceId}/${doubtful}/asset_doubtful.png`),
        await put(`${workspaceId}/job_of_a_newer_database/asset_1.png`),
        await put(`ws_of_another_database/${ended}/asset_1.png`),
        await put("another-program/report.pdf"),
      ];
      keys = [...left, ...kept];
      expect(await sweepOrphans()).toBe(0);
      expect(await sweepOrphans(inTwoDays())).toBe(left.length);
      for (const key of left) expect(await isThere(key), key).toBe(false);
      for (const key of kept) expect(await isThere(key), key).toBe(true);
    });

    it("deletes nothing where there is so much that rows must be missing", async () => {
      const job = await addJob("completed");
      keys = Array.from({ length: 101 }, (_, n) => `${caller().workspaceId}/${job}/asset_${n}.png`);
      for (const key of keys) await put(key);
      expect(await sweepOrphans(inTwoDays())).toBe(0);
      expect(await isThere(keys[0] ?? "")).toBe(true);
    });
  });
}
