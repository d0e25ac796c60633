export { createEngine, type Engine, type EngineOptions } from "./engine";
export { ExpressionError } from "./expression";
export { EMBEDDED_CLIENT, type EmbeddedFetchOptions, embeddedFetch } from "./fetch";
export { RegistrationError } from "./functions";
export { listOpenEvents } from "./open-events";
export { installSchema } from "./schema";
export { type EngineStats, readStats } from "./stats";
