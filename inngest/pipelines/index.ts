import { AppError } from "@/lib/errors";
import { animatedPicture } from "./animated-picture";
import { pictureReading } from "./picture-reading";

export const pipelines = [animatedPicture, pictureReading];

/** The pipeline of this name: its order form, its program, its function. */
export function pipelineOf(name: string): AnyPipeline {
  const found = pipelines.find((pipeline) => pipeline.name === name);
  if (!found) throw new AppError("internal", `There is no pipeline “${name}” here.`);
  // What its form completes is what its program takes.
  return found as unknown as AnyPipeline;
}

type AnyPipeline = ReturnType<typeof import("../define-pipeline").definePipeline<Record<string, unknown>>>;
