/** The built-in engine that needs no key and no network. */
export { draft } from "./draft";
export { draftModels } from "./models";
