import { readFileSync } from "node:fs";
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

type Json = Record<string, unknown>;
type Document = { paths: Record<string, Json>; components?: { schemas?: Json } };

/**
 * A provider's own OpenAPI document as a judge of requests (strict: unknown keys are refused) and answers (as they
 * are). The documents need some mending before a JSON Schema validator takes them.
 */
export class Specification {
  private readonly document: Document;
  private readonly strict: Ajv2020;
  private readonly lenient: Ajv2020;
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(path: string) {
    const document = mend(JSON.parse(readFileSync(path, "utf8"))) as Document;
    this.document = document;
    this.lenient = ajv(document);
    this.strict = ajv(close(structuredClone(document)));
  }

  /** What is wrong with a request body, by the operation's schema; empty when nothing is. */
  checkRequest(method: string, template: string, body: unknown, type = "application/json"): string[] {
    const pointer = ["paths", template, method.toLowerCase(), "requestBody", "content", type, "schema"];
    if (!find(this.document, pointer)) return [`${method} ${template} takes no ${type}.`];
    return this.check(this.strict, "strict", pointer, body);
  }

  checkAnswer(method: string, template: string, status: number, body: unknown): string[] {
    const content = ["content", "application/json", "schema"];
    const pointer = ["paths", template, method.toLowerCase(), "responses", String(status), ...content];
    if (!find(this.document, pointer)) return [`${method} ${template} has no answer ${status}.`];
    return this.check(this.lenient, "lenient", pointer, body);
  }

  private check(validator: Ajv2020, mode: string, pointer: string[], body: unknown): string[] {
    const ref = `spec#/${pointer.map(escapePart).join("/")}`;
    // The body itself may be a part of some other schema's whole; here it is the whole.
    const whole = mode === "strict" ? { $ref: ref, unevaluatedProperties: false } : { $ref: ref };
    const validate = this.compiled.get(mode + ref) ?? validator.compile(whole);
    this.compiled.set(mode + ref, validate);
    if (validate(body)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const { additionalProperty, unevaluatedProperty } = params as Record<string, string | undefined>;
      return `${instancePath || "body"} ${message} ${additionalProperty ?? unevaluatedProperty ?? ""}`.trim();
    });
  }
}

function ajv(document: Document): Ajv2020 {
  const validator = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
  addFormats(validator);
  validator.addFormat("binary", true);
  return validator.addSchema(document, "spec");
}

function escapePart(part: string): string {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
}

function find(document: unknown, pointer: string[]): unknown {
  return pointer.reduce<unknown>(
    (node, name) => resolve(document, (node as Json | undefined)?.[name]),
    document,
  );
}

function resolve(document: unknown, node: unknown): unknown {
  const ref = (node as { $ref?: unknown } | undefined)?.$ref;
  if (typeof ref !== "string") return node;
  return ref
    .slice(2)
    .split("/")
    .reduce<unknown>((at, name) => (at as Json | undefined)?.[name], document);
}

/** OpenAPI 3.0's `nullable` and boolean bounds as JSON Schema says them; `oneOf` as `anyOf`; `required` once each. */
function mend(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(mend);
  if (typeof node !== "object" || node === null) return node;
  const { nullable, ...rest } = node as Json;
  const mended: Json = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, mend(value)]));
  for (const [bound, limit] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    if (mended[bound] === true) {
      mended[bound] = mended[limit];
      delete mended[limit];
    } else if (mended[bound] === false) delete mended[bound];
  }
  if (Array.isArray(mended.required)) mended.required = [...new Set(mended.required)];
  if (Array.isArray(mended.oneOf)) {
    mended.anyOf = [...((mended.anyOf as unknown[]) ?? []), ...mended.oneOf];
    delete mended.oneOf;
  }
  // `discriminator` and examples mean nothing here, and examples may not fit.
  delete mended.discriminator;
  return nullable === true ? { anyOf: [mended, { type: "null" }] } : mended;
}

/** Every object that lists its properties, and is not one part of a whole (`allOf`), takes no others. */
function close(document: Document): Document {
  const parts = new Set<unknown>();
  const addPart = (node: unknown): void => {
    const target = resolve(document, node) as Json | undefined;
    if (!target || parts.has(target)) return;
    parts.add(target);
    for (const name of ["allOf", "anyOf"])
      for (const part of (target[name] as unknown[]) ?? []) addPart(part);
  };
  visit(document, (node) => {
    for (const part of (node.allOf as unknown[]) ?? []) addPart(part);
  });
  visit(document, (node) => {
    if (parts.has(node)) return;
    if (Array.isArray(node.allOf)) node.unevaluatedProperties ??= false;
    else if (isObject(node.properties) && isSchema(node)) node.additionalProperties ??= false;
  });
  return document;
}

function isSchema(node: Json): boolean {
  return node.type === "object" || node.type === undefined || Array.isArray(node.type);
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function visit(node: unknown, see: (node: Json) => void): void {
  if (Array.isArray(node)) for (const one of node) visit(one, see);
  if (!isObject(node)) return;
  see(node);
  for (const value of Object.values(node)) visit(value, see);
}
