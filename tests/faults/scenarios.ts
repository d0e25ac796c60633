import { animatePicture, makeStills, readPicture } from "@/lib/studio";
import { type Scenario, working } from "./scenario";

const still = { prompt: "a buoy in the fog", ratio: "16:9" as const, referenceIds: [] };
const film = { motion: "fog drifts", durationSeconds: 5, ratio: "16:9" as const };
const WAN = "replicate:wan-video/wan-2.2-i2v-fast";
const SCHNELL = "replicate:black-forest-labs/flux-schnell";

/** The ways on which money is spent, each walked whole. */
export function scenarios(pictureId: string): Scenario[] {
  return [
    {
      name: "a picture of Replicate",
      provider: "replicate",
      files: 1,
      work: working(makeStills, (seed) => ({ ...still, seed, count: 1, model: SCHNELL })),
    },
    {
      name: "a picture of Replicate that the reconciler fetches",
      provider: "replicate",
      files: 1,
      forgotten: true,
      work: working(makeStills, (seed) => ({ ...still, seed, count: 1, model: SCHNELL })),
    },
    {
      name: "a film of Replicate",
      provider: "replicate",
      files: 1,
      work: working(animatePicture, (seed) => ({ ...film, seed, assetId: pictureId, model: WAN })),
    },
    {
      name: "pictures of OpenAI, within its answer",
      provider: "openai",
      files: 2,
      work: working(makeStills, (seed) => ({
        ...still,
        seed,
        count: 2,
        model: "openai:gpt-image-2.6-flare",
      })),
    },
    {
      name: "a reading of OpenAI",
      provider: "openai",
      files: 0,
      work: working(readPicture, () => ({ assetId: pictureId, model: "openai:gpt-6-luna" })),
    },
    {
      name: "a picture of Leonardo",
      provider: "leonardo",
      files: 1,
      work: working(makeStills, (seed) => ({ ...still, seed, count: 1, model: "leonardo:seedream-5.0-pro" })),
    },
    {
      name: "a draft",
      provider: "draft",
      files: 0,
      work: working(readPicture, () => ({ assetId: pictureId, model: "draft:measure" })),
    },
  ];
}
