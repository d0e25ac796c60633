import { type ImageAnalysis, modelById, roundDuration } from "@/lib/ai";
import { findAsset, saveAnalysis } from "@/lib/assets";
import { studioCaller } from "@/lib/auth/caller";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Ratio } from "@/lib/jobs/schema";
import type { OrderWork } from "./work";

const MAX_SEED = 2_147_483_647;

export type MakeStills = {
  prompt: string;
  ratio: Ratio;
  count: number;
  model: string;
  seed: number;
  referenceIds: string[];
};

/** Pictures from a prompt. A new take moves the seed on, so it shows something new. */
export const makeStills: OrderWork<MakeStills, { assetIds: string[] }> = {
  repeatable: true,
  fewerWillDo: true,
  async asks(scope, { model, count, seed, referenceIds, ...input }) {
    const atOnce = modelById(model).maxCount ?? 1;
    const parts = Math.ceil(count / atOnce);
    return Array.from({ length: parts }, (_, part) => ({
      capability: "generateImage",
      model,
      outputRole: "still",
      input: {
        ...input,
        references: referenceIds.map((assetId) => ({ assetId })),
        count: Math.min(atOnce, count - part * atOnce),
        seed: (seed + scope.take * 1009 + part * atOnce) % MAX_SEED,
      },
    }));
  },
  async result(_scope, _input, done) {
    return { assetIds: done.flatMap((one) => one.assetIds) };
  },
  forecast: ({ count }) => ({ assetIds: Array.from({ length: count }, (_, n) => `still ${n + 1}`) }),
};

/** What is to be seen in a picture or a video's frame; kept on the asset, and searchable. */
export const readPicture: OrderWork<{ assetId: string; model: string; atSeconds?: number }, ImageAnalysis> = {
  async asks(_scope, { assetId, model, atSeconds }) {
    const input = { image: { assetId, atSeconds } };
    return [{ capability: "analyseImage", model, outputRole: "reading", input }];
  },
  async result(_scope, { assetId, model }, [read]) {
    const data = read?.data as ImageAnalysis | null | undefined;
    if (!data) throw new AppError("provider_answer", "The analysis came back empty.", { retry: "never" });
    await saveAnalysis(db(), assetId, { ...data, analysedBy: model });
    return data;
  },
  forecast: () => ({ description: "", tags: [], palette: [], suggestedMotion: "" }),
};

export type AnimatePicture = {
  assetId: string;
  motion: string;
  durationSeconds: number;
  ratio: Ratio;
  model: string;
  seed: number;
};

/** A film from a still. What is known of the still is known of its film. */
export const animatePicture: OrderWork<AnimatePicture, { assetId: string }> = {
  repeatable: true,
  async asks(scope, { assetId, motion, durationSeconds, ratio, model, seed }) {
    return [
      {
        capability: "animateImage",
        model,
        outputRole: "film",
        input: {
          image: { assetId },
          prompt: motion,
          durationSeconds: roundDuration(modelById(model), durationSeconds),
          ratio,
          seed: (seed + scope.take * 1009) % MAX_SEED,
        },
      },
    ];
  },
  async result(scope, input, [made]) {
    const assetId = made?.assetIds[0];
    if (!assetId) throw new AppError("provider_answer", "No film came back.", { retry: "never" });
    const still = await findAsset(studioCaller(scope.workspaceId), input.assetId, { includeDeleted: true });
    if (still.analysedBy) {
      const { description, tags, palette, suggestedMotion, analysedBy } = still;
      await saveAnalysis(db(), assetId, {
        description: description ?? "",
        tags,
        palette,
        suggestedMotion: suggestedMotion ?? "",
        analysedBy,
      });
    }
    return { assetId };
  },
  forecast: () => ({ assetId: "film" }),
};
