import { readFileSync } from "node:fs";

type Fact = {
  type: "array" | "array<string>" | "boolean" | "enum" | "integer" | "number" | "string" | "uri";
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
};
type ModelFacts = { required: string[]; input: Record<string, Fact> };

/** What each model on Replicate takes: its `input` is a free object in the specification, so it is checked here. */
export class ReplicateModels {
  private readonly models: Record<string, ModelFacts>;

  constructor(path: string) {
    this.models = (JSON.parse(readFileSync(path, "utf8")) as { models: Record<string, ModelFacts> }).models;
  }

  check(model: string, input: Record<string, unknown>): string[] {
    const facts = this.models[model];
    if (!facts) return [`There is no model ${model}.`];
    const missing = facts.required.filter((name) => input[name] === undefined);
    return [
      ...missing.map((name) => `input.${name} is required`),
      ...Object.entries(input).flatMap(([name, value]) => {
        const fact = facts.input[name];
        const problem = fact ? wrongWith(value, fact) : "is not known";
        return problem ? [`input.${name} ${problem}`] : [];
      }),
    ];
  }
}

function wrongWith(value: unknown, fact: Fact): string | undefined {
  switch (fact.type) {
    case "string":
      return typeof value === "string" ? undefined : "is not a string";
    case "boolean":
      return typeof value === "boolean" ? undefined : "is not a boolean";
    case "uri":
      return isUri(value) ? undefined : "is not a URL of http(s) or data";
    case "array":
    case "array<string>":
      return Array.isArray(value) && value.every(isUri) ? undefined : "is not an array of URLs";
    case "enum":
      return !fact.enum || fact.enum.includes(value) ? undefined : `is not one of ${fact.enum.join(", ")}`;
    case "integer":
    case "number":
      return wrongNumber(value, fact);
  }
}

function wrongNumber(value: unknown, { type, minimum, maximum }: Fact): string | undefined {
  if (typeof value !== "number" || (type === "integer" && !Number.isInteger(value)))
    return `is not an ${type}`;
  if (minimum !== undefined && value < minimum) return `is below ${minimum}`;
  if (maximum !== undefined && value > maximum) return `is above ${maximum}`;
  return undefined;
}

function isUri(value: unknown): boolean {
  return typeof value === "string" && /^(https?|data):/.test(value);
}
