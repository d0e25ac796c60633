import type { StepName } from "@/lib/jobs/schema";

/** A step that is the only one of its name, or one of several. */
export function theStep(name: string, subject = ""): StepName {
  return { name, subject };
}
