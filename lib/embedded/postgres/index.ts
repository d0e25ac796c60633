export { isAlive } from "./process";
export { type RunningPostgres, type StartOptions, startPostgres } from "./start";
