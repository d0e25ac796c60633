import type { AssetView } from "@/lib/assets/schema";
import {
  closestRatio,
  type ModelView,
  PIPELINES,
  type Pipeline,
  RATIOS,
  type Ratio,
} from "@/lib/jobs/schema";
import { cutText, isBlank } from "@/lib/text";

/** What stands in the form. Empty model: the workspace's own choice. */
export type Order = {
  pipeline: Pipeline;
  prompt: string;
  picture: AssetView | null;
  ratio: Ratio;
  count: number;
  animate: boolean;
  motion: string;
  durationSeconds: number;
  chooseAutomatically: boolean;
  seed: number | null;
  imageModel: string;
  videoModel: string;
  visionModel: string;
};

export const EMPTY_ORDER: Order = {
  pipeline: "animated-picture",
  prompt: "",
  picture: null,
  ratio: "16:9",
  count: 2,
  animate: true,
  motion: "",
  durationSeconds: 5,
  chooseAutomatically: false,
  seed: null,
  imageModel: "",
  videoModel: "",
  visionModel: "",
};

/** The order as its pipeline takes it. */
export function toInput(order: Order): Record<string, unknown> {
  const visionModel = order.visionModel || undefined;
  if (order.pipeline === "picture-reading") return { assetId: order.picture?.id, visionModel };
  return {
    prompt: order.prompt,
    pictureId: order.picture?.id,
    ratio: order.ratio,
    count: order.count,
    animate: order.animate,
    // With a picture to begin from, the words say what moves in it.
    motion: order.picture ? order.prompt : order.motion,
    durationSeconds: order.durationSeconds,
    chooseAutomatically: order.chooseAutomatically,
    seed: order.seed ?? undefined,
    imageModel: order.imageModel || undefined,
    videoModel: order.videoModel || undefined,
    visionModel,
  };
}

/** Whether there is enough to begin with. */
export function isReady(order: Order): boolean {
  if (order.pipeline === "picture-reading") return order.picture !== null;
  return !isBlank(order.prompt) || order.picture !== null;
}

/** An order kept by the browser, or found in a job: taken over where it still makes sense. */
export function reviveOrder(kept: unknown): Order {
  if (typeof kept !== "object" || kept === null) return EMPTY_ORDER;
  const one = kept as Record<string, unknown>;
  const text = (key: keyof Order) => (typeof one[key] === "string" ? (one[key] as string) : "");
  const number = (key: keyof Order, min: number, max: number, usual: number) => {
    const value = one[key];
    return typeof value === "number" && value >= min && value <= max ? Math.round(value) : usual;
  };
  const flag = (key: keyof Order, usual: boolean) =>
    typeof one[key] === "boolean" ? (one[key] as boolean) : usual;
  const order = {
    pipeline: PIPELINES.find((pipeline) => pipeline === one.pipeline) ?? EMPTY_ORDER.pipeline,
    prompt: cutText(text("prompt"), 4_000),
    picture: null,
    ratio: RATIOS.find((ratio) => ratio === one.ratio) ?? EMPTY_ORDER.ratio,
    count: number("count", 1, 4, EMPTY_ORDER.count),
    animate: flag("animate", true),
    motion: cutText(text("motion"), 2_000),
    durationSeconds: number("durationSeconds", 2, 15, EMPTY_ORDER.durationSeconds),
    chooseAutomatically: flag("chooseAutomatically", false),
    seed: typeof one.seed === "number" ? number("seed", 0, 2_147_483_647, 0) : null,
    imageModel: text("imageModel"),
    videoModel: text("videoModel"),
    visionModel: text("visionModel"),
  };
  return isPicture(one.picture) ? withPicture(order, one.picture) : order;
}

function isPicture(value: unknown): value is AssetView {
  return (
    typeof value === "object" && value !== null && "id" in value && "url" in value && "filename" in value
  );
}

/** An order that begins from a picture, in its shape: the one way in for attaching, recalling and coming back. */
export function withPicture<O extends Partial<Order>>(order: O, picture: AssetView): O & { ratio: Ratio } {
  return { ...order, picture, ratio: closestRatio(picture) };
}

/** The lengths a model can make, within what the form offers. */
export function lengthsOf(model: ModelView | undefined): number[] {
  const { min, max, only } = model?.durations ?? { min: 2, max: 10, only: undefined };
  if (only) return only.filter((seconds) => seconds >= 2 && seconds <= 15);
  const [from, to] = [Math.max(2, Math.ceil(min)), Math.min(15, Math.floor(max))];
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, n) => from + n);
}
