import { hex, type Rgb } from "./colour";
import type { Material } from "./solids";

export const matt = (albedo: Rgb): Material => ({ albedo, gloss: 0.06 });

export const glossy = (albedo: Rgb, gloss = 0.45): Material => ({ albedo, gloss });

export const metal = (albedo: Rgb, gloss = 0.8): Material => ({ albedo, gloss, metal: true });

export const gold = hex("#e8b45a");

export const silver = hex("#d5d9de");
