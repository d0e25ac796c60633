import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { Capability, OutputFile } from "./capability";
import { type Downloaded, downloadFile } from "./download";
import { downloadRules } from "./guard";
import { modelGone } from "./models";
import type { Model, OrderSize, Provider, ProviderId } from "./provider";
import { quoteModel } from "./quote";
import { PROVIDERS } from "./registry";

export { CAPABILITY_NAMES, factsOf } from "./capabilities";
export type * from "./capability";
export type * from "./provider";
export { priceParts, roundDuration } from "./quote";

const MODELS: Model[] = PROVIDERS.flatMap((one) => one.models);

/** Every model that is offered, or those with one capability, best first. */
export function models(capability?: Capability): Model[] {
  return MODELS.filter((model) => !model.retired && (!capability || model.capability === capability));
}

/** The models that are offered no more. */
export function retiredModels(): Model[] {
  return MODELS.filter((model) => model.retired);
}

/** The model with this id, as `replicate:google/nano-banana-2`; retired ones too; throws `bad_input` that lists what is offered. */
export function modelById(id: string): Model {
  const found = MODELS.find((model) => model.id === id);
  if (found) return found;
  throw new AppError("bad_input", `There is no model called “${id}”.`, {
    action: `Choose one of: ${models()
      .map((model) => model.id)
      .join(", ")}.`,
  });
}

/** The model with this id, for a new order; throws `bad_input` that names what takes the place of a retired one. */
export function requireOffered(id: string): Model {
  const model = modelById(id);
  if (model.retired) throw modelGone(model, MODELS);
  return model;
}

/** Every provider there is. */
export function providers(): Provider[] {
  return PROVIDERS;
}

/** The provider with this id, which may come from outside; throws `bad_input` when none has it. */
export function provider(id: ProviderId): Provider {
  const found = PROVIDERS.find((one) => one.id === id);
  if (found) return found;
  throw new AppError("bad_input", `There is no provider called “${id}”.`, {
    action: `Choose one of: ${PROVIDERS.map((one) => one.id).join(", ")}.`,
  });
}

/** The best model whose provider has a key here; the draft engine's where none has. */
export function defaultModel(capability: Capability): Model {
  const best = models(capability).find((model) => provider(model.provider).configured());
  if (best) return best;
  throw new AppError("not_configured", `No model here can do “${capability}”.`);
}

/** What an order will probably cost (micro-dollars, low and high) and take (seconds). An estimate. */
export function quote(order: { model: string } & OrderSize) {
  return quoteModel(modelById(order.model), order);
}

/**
 * Copies a provider's result into a file of ours; see `downloadFile` for what is refused. Returns its size in bytes
 * and the type that the provider claims (its first bytes decide, elsewhere).
 */
export function downloadOutput(
  file: OutputFile,
  toPath: string,
  options: { provider: ProviderId; signal: AbortSignal },
): Promise<Downloaded> {
  const { downloads } = provider(options.provider);
  const ownBaseUrl = downloads?.baseUrlName && env()[downloads.baseUrlName];
  const rules = downloadRules(downloads?.hosts ?? [], ownBaseUrl);
  return downloadFile(file, toPath, { ...options, rules });
}
