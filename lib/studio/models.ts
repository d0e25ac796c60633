import { eq } from "drizzle-orm";
import {
  CAPABILITY_NAMES,
  type Capability,
  defaultModel,
  type Model,
  modelById,
  models,
  type Provider,
  type ProviderId,
  priceParts,
  provider,
  providers,
  requireOffered,
  retiredModels,
} from "@/lib/ai";
import type { Caller } from "@/lib/auth/caller";
import { db, schema } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { ModelView } from "@/lib/jobs/schema";

/** Every model there is, with its price and whether its provider has a key here. */
export function listModels(): ModelView[] {
  return models().map((model) => ({
    id: model.id,
    capability: model.capability,
    provider: model.provider,
    providerLabel: provider(model.provider).label,
    label: model.label,
    note: model.note,
    available: provider(model.provider).configured(),
    draft: model.provider === "draft",
    price: priceParts(model.price),
    durations: model.durations ?? null,
    maxCount: model.maxCount ?? 1,
  }));
}

/** The model per capability that a job gets when it names none: the workspace's choice, else the best configured. */
export async function chosenModels(caller: Caller): Promise<Record<Capability, string>> {
  const rows = await db()
    .select()
    .from(schema.modelChoice)
    .where(eq(schema.modelChoice.workspaceId, caller.workspaceId));
  const chosen = new Map(rows.map((row) => [row.capability, row.model]));
  const pick = (capability: Capability) => {
    const wanted = models(capability).find((model) => model.id === currentOf(chosen.get(capability)));
    return (wanted && provider(wanted.provider).configured() ? wanted : defaultModel(capability)).id;
  };
  return Object.fromEntries(CAPABILITY_NAMES.map((name) => [name, pick(name)])) as Record<Capability, string>;
}

/** Who chose a model that was retired since gets its successor. */
function currentOf(id: string | undefined): string | undefined {
  return retiredModels().find((model) => model.id === id)?.retired?.successor ?? id;
}

/** The model a job asked for, checked: it exists, can do this, and has its key. */
export function requireModel(capability: Capability, id: string): Model {
  const model = modelById(id);
  if (model.capability !== capability) {
    throw new AppError("bad_input", `${model.label} cannot be used for this step.`, {
      action: `Choose one of: ${models(capability)
        .map((one) => one.id)
        .join(", ")}.`,
    });
  }
  if (!provider(model.provider).configured()) {
    const { label } = provider(model.provider);
    throw new AppError("not_configured", `${model.label} needs a key for ${label}, and none is set.`, {
      action: `Set the key of ${label} on the server, or choose another model; draft models need none.`,
      provider: model.provider,
    });
  }
  return model;
}

/** Every provider, with how fast it may be asked and which variable carries its key. */
export function listProviders(): Pick<Provider, "id" | "limits" | "keyName">[] {
  return providers();
}

/** Whose a model is. */
export function providerOfModel(id: string): ProviderId {
  return modelById(id).provider;
}

/** The model of a new order, which may not be a retired one; throws `bad_input` that names its successor. */
export function offered(id: string): string {
  return requireOffered(id).id;
}
