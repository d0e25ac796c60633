/** What of lib/ai is safe in a browser. */
export { CAPABILITIES, CAPABILITY_NAMES, type Capability, factsOf } from "./capabilities";
