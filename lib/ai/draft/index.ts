/** The built-in engine that needs no key and no network. */
export { actions } from "./draft";
