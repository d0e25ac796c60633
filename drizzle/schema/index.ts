export * from "./assets";
export { MOST_MICROS } from "./columns";
export * from "./generations";
export * from "./jobs";
export * from "./money";
export * from "./people";
