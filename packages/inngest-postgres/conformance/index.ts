/** What an engine must do: the same cases for this one and for an Inngest server. */
export { REFUSED } from "./cases";
export { embeddedEngine } from "./embedded";
export { type EngineUnderTest, SILENT } from "./engines";
export { type Report, runCases, runRefusals } from "./run";
