export * from "./assets";
export * from "./generations";
export * from "./jobs";
export * from "./money";
export * from "./people";
