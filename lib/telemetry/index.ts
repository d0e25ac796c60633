export { rememberIds, reportUnexpected } from "./report";
export { type Attributes, type Note, type RunRef, recordRun, span } from "./span";
export { startTelemetry, stopTelemetry } from "./start";
