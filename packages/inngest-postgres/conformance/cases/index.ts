import type { Case } from "../case";
import { errors } from "./errors";
import { flow } from "./flow";
import { limits } from "./limits";
import { refused } from "./refused";
import { steps } from "./steps";
import { waits } from "./waits";

export const CASES: Case[] = [...steps, ...errors, ...waits, ...flow, ...limits];
export const REFUSED: Case[] = refused;
