import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import sharp from "sharp";
import { afterAll, expect, it } from "vitest";
import { runFfmpeg } from "@/lib/media";
import { makeFilm } from "@/lib/media/testing";
import { surveyFile } from "./survey";

const folder = await mkdtemp(join(tmpdir(), "kinora-survey-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#257" } });

it("a provider's picture is held to no size that is made for uploads", async () => {
  await plain(32, 32).png().toFile(at("small.png"));
  await expect(surveyFile(at("small.png"), "small.png", folder)).rejects.toMatchObject({
    code: "media_invalid",
    message: expect.stringContaining("32 × 32"),
  });
  const { probed, thumbPath } = await surveyFile(at("small.png"), "small.png", folder, "provider");
  expect([probed.width, basename(thumbPath)]).toEqual([32, "thumb.webp"]);
});

it("nor its film to a resolution", async () => {
  await makeFilm(at("wide.mp4"), { width: 5120, height: 2160, seconds: 0.1 });
  await expect(surveyFile(at("wide.mp4"), "wide.mp4", folder)).rejects.toThrow("4K");
  const { previewPath } = await surveyFile(at("wide.mp4"), "wide.mp4", folder, "provider");
  expect(basename(previewPath ?? "")).toBe("preview.mp4");
});

it("only what browsers do not show as it is has a stand-in", async () => {
  await plain(90, 80).withMetadata({ orientation: 6 }).webp().toFile(at("turned.webp"));
  await plain(90, 80).webp().toFile(at("upright.webp"));
  for (const [name, codec] of [
    ["plain.m4a", "aac"],
    ["lossless.m4a", "alac"],
  ] as const) {
    await runFfmpeg({
      inputs: [{ filter: "sine=duration=1" }],
      outputs: [{ path: at(name), options: ["-c:a", codec] }],
      timeLimitSeconds: 60,
    });
  }
  const previewOf = async (name: string) => {
    const { previewPath } = await surveyFile(at(name), name, folder);
    return previewPath && basename(previewPath);
  };
  expect(await previewOf("turned.webp")).toBe("preview.webp");
  expect(await previewOf("upright.webp")).toBeNull();
  expect(await previewOf("lossless.m4a")).toBe("preview.m4a");
  expect(await previewOf("plain.m4a")).toBeNull();
});
