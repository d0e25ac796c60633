import { functions as all, inngest } from "@/inngest";
import { definePipeline } from "@/inngest/define-pipeline";
import { animatedPictureForm } from "@/inngest/orders/animated-picture";
import { makeStills } from "@/lib/studio";

export { inngest };

/** As many stills as the first word of the prompt says, which no pipeline makes: in place of the animated picture. */
const stills = definePipeline("animated-picture", animatedPictureForm, async ({ input, step }) => {
  const { prompt, ratio, seed, imageModel: model } = input;
  const count = Number.parseInt(prompt, 10);
  await step("make the stills", { prompt, ratio, count, seed, model, referenceIds: [] }, makeStills);
});

export const functions = [stills.fn, ...all.filter((fn) => fn.id() !== stills.fn.id())];
