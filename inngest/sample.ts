import type { Caller } from "@/lib/auth/caller";
import { hasSample } from "@/lib/jobs";
import type { AnimatedPictureInput } from "@/lib/jobs/schema";
import { submitJob } from "./desk";

const SAMPLE: Partial<AnimatedPictureInput> = {
  prompt: "A lighthouse by the sea at dusk, warm light, calm water",
  motion: "Slow push in towards the light, clouds drifting",
  ratio: "16:9",
  count: 3,
  durationSeconds: 6,
  seed: 21,
  chooseAutomatically: true,
  imageModel: "draft:storyboard",
  videoModel: "draft:camera",
  visionModel: "draft:measure",
};

/** The finished project that a new workspace opens on: made by the draft engine, so it costs nothing. */
export async function submitSample(caller: Caller): Promise<void> {
  if (await hasSample(caller)) return;
  await submitJob(caller, { pipeline: "animated-picture", input: SAMPLE, sample: true });
}
