import { writeFile } from "node:fs/promises";
import { drawPicture } from "../src";
import { GOLDEN } from "./prompts";
import { shrink } from "./shrink";

/** Paints the golden pictures anew: npm run golden -w @kinora/painter. Look at them before you commit them. */
for (const [name, prompt, seed, ratio] of GOLDEN) {
  await writeFile(
    new URL(`${name}.png`, import.meta.url),
    await shrink(await drawPicture(prompt, seed, ratio)),
  );
}
