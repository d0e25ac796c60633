export * from "./commands";
export * from "./differences";
export * from "./queries";
