import type { ModelView } from "@/lib/jobs/schema";

/** Labels of models and providers by their ids, and what each model makes. */
export type Names = {
  models: Record<string, string>;
  providers: Record<string, string>;
  makes: Record<string, ModelView["capability"]>;
};

export function namesOf(models: ModelView[]): Names {
  return {
    models: Object.fromEntries(models.map((model) => [model.id, model.label])),
    providers: Object.fromEntries(models.map((model) => [model.provider, model.providerLabel])),
    makes: Object.fromEntries(models.map((model) => [model.id, model.capability])),
  };
}

export function modelName(names: Names, id: string): string {
  return names.models[id] ?? id.slice(id.indexOf(":") + 1);
}

export function providerName(names: Names, id: string): string {
  return names.providers[id] ?? id.charAt(0).toUpperCase() + id.slice(1);
}
