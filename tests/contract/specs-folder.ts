import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { ReplicateModels } from "./model-facts";
import { Specification } from "./openapi";

/** Where the providers' specifications lie: KINORA_SPECS, else ../shared/specs; null when they are not here. */
export function findSpecsFolder(): string | null {
  const folder = resolve(process.env.KINORA_SPECS || "../shared/specs");
  return existsSync(join(folder, "replicate/openapi.json")) ? folder : null;
}

export type Specs = {
  openai: Specification;
  replicate: Specification;
  leonardo: Specification;
  replicateModels: ReplicateModels;
};

let said = false;
let loaded: { folder: string; specs: Specs } | undefined;

/** The specifications, read once per process; says aloud when requests go unchecked. */
export function loadSpecs(folder: string | null): Specs | null {
  if (!folder) {
    if (!said)
      console.warn(
        "SKIPPED: the providers' specifications are not here; requests are not checked against them.",
      );
    said = true;
    return null;
  }
  if (loaded?.folder !== folder) {
    const read = (provider: string) => new Specification(join(folder, provider, "openapi.json"));
    const specs = {
      openai: read("openai"),
      replicate: read("replicate"),
      leonardo: read("leonardo"),
      replicateModels: new ReplicateModels(join(folder, "replicate/model-facts.json")),
    };
    loaded = { folder, specs };
  }
  return loaded.specs;
}
