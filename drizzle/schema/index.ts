export * from "./assets";
export * from "./jobs";
export * from "./money";
export * from "./people";
