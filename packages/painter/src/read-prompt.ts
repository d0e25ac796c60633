import { createRandom, seedFrom } from "./random";
import * as words from "./vocabulary";

/** What a prompt asks for, as far as the draft engine understands it; chance fills what is not said. */
export type Brief = {
  prompt: string;
  seed: number;
  setting: words.Setting;
  /** In the order they were named. */
  subjects: words.Subject[];
  time: words.TimeOfDay;
  weather: words.Weather;
  moods: words.Mood[];
  /** Hues in degrees named by the prompt. */
  hues: number[];
  monochrome: boolean;
  shot: words.Shot;
  aurora: boolean;
  /** All words, lower case, for a renderer's own details. */
  has(...stems: string[]): boolean;
};

const DEFAULT_SETTING: Partial<Record<words.Subject, words.Setting>> = {
  ...{
    boat: "sea",
    ship: "sea",
    whale: "underwater",
    fish: "underwater",
    lighthouse: "coast",
    car: "desert",
  },
  ...{ train: "mountain", plane: "mountain", balloon: "meadow", house: "meadow", castle: "mountain" },
  ...{
    temple: "mountain",
    windmill: "meadow",
    bridge: "lake",
    tent: "mountain",
    tree: "meadow",
    palm: "coast",
  },
  ...{ flower: "meadow", cat: "room", dog: "meadow", fox: "forest", deer: "forest", horse: "meadow" },
  ...{
    elephant: "desert",
    bird: "sea",
    robot: "street",
    astronaut: "space",
    rocket: "space",
    station: "space",
    person: "mountain",
  },
};

/** Reads a prompt in plain words. The same prompt and seed always give the same brief. */
export function readPrompt(prompt: string, seed: number): Brief {
  const text = ` ${prompt
    .toLowerCase()
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}']+/gu, " ")
    .trim()} `;
  const random = createRandom(seedFrom(text.trim()) ^ Math.imul(seed + 1, 0x9e3779b1));
  const find = <K extends string>(table: Record<K, string>) => findAll(text, table);

  const named = find(words.SUBJECTS);
  const subjects = named.filter(
    (s) => !(s === "tree" && (named.includes("palm") || / forest| woods? |pine|conifer/.test(text))),
  );
  const setting = chooseSetting(text, find(words.SETTINGS), subjects[0]);
  const weather = setting === "clouds" ? "clear" : (find(words.WEATHERS)[0] ?? "clear");
  const moods = find(words.MOODS);
  const time = find(words.TIMES)[0] ?? chooseTime(text, setting, moods, random.next());
  const scene = OUTDOORS.has(setting) ? withoutColoursOfThings(text) : text;
  const hueWords = Object.keys(words.HUES).filter((word) => matches(scene, word) >= 0);
  return {
    prompt: prompt.trim(),
    seed: random.seed(),
    ...{ setting, subjects, time, weather, moods },
    hues: hueWords.flatMap((word) => (typeof words.HUES[word] === "number" ? [words.HUES[word]] : [])),
    monochrome: /monochrome|black and white|\bnoir\b|schwarz ?weiß|noir et blanc/.test(text),
    shot: find(words.SHOTS)[0] ?? random.pick(["wide", "wide", "low", "high", "close"]),
    aurora: /aurora|northern lights|polarlicht/.test(text),
    has: (...stems) => stems.some((stem) => matches(text, stem.trim()) >= 0),
  };
}

/** Places where the light is the weather's, and a thing can stand in the open. */
export const OUTDOORS: ReadonlySet<words.Setting> = new Set([
  ...(["canyon", "desert", "arctic", "forest", "lake", "coast", "sea", "volcano", "mountain"] as const),
  ...(["meadow", "clouds", "street", "city"] as const),
]);

function chooseSetting(
  text: string,
  named: words.Setting[],
  subject: words.Subject | undefined,
): words.Setting {
  if (/\b(abstract|pattern|texture|gradient|wallpaper)\b/.test(text)) return "abstract";
  const [first] = named;
  if (first === undefined) {
    if (/ (in|above|among|over|through) (the )?(clouds|sky) /.test(text)) return "clouds";
    return (subject && DEFAULT_SETTING[subject]) ?? "abstract";
  }
  // A mountain lake is a lake, and a shoe in the desert is in the desert.
  if (["mountain", "forest", "meadow"].includes(first) && named.includes("lake")) return "lake";
  if (first === "studio")
    return named.find((setting) => OUTDOORS.has(setting) && setting !== "city") ?? first;
  return first;
}

/** The text without colours that belong to a thing: a red car does not colour the sky. */
function withoutColoursOfThings(text: string): string {
  const tokens = text.trim().split(" ");
  const things = tokens.map((_, at) =>
    findAll(` ${tokens.slice(at + 1, at + 3).join(" ")} `, words.SUBJECTS).some((s) => s !== "flower"),
  );
  return ` ${tokens.filter((token, at) => !(token in words.HUES && things[at])).join(" ")} `;
}

/** The keys whose words occur, in the order of their first occurrence in the text. */
function findAll<K extends string>(text: string, table: Record<K, string>): K[] {
  const found: { key: K; at: number }[] = [];
  for (const key of Object.keys(table) as K[]) {
    const places = table[key]
      .split(" ")
      .map((word) => matches(text, word.replaceAll("-", " ").replaceAll("’", "'")))
      .filter((at) => at >= 0);
    if (places.length > 0) found.push({ key, at: Math.min(...places) });
  }
  return found.sort((a, b) => a.at - b.at).map(({ key }) => key);
}

const ENDINGS = [" ", "s ", "es ", "n ", "en ", "'s "];

/** Where a word stands in the text (its plural too), or −1. CJK has no spaces, so it matches anywhere. */
function matches(text: string, word: string): number {
  if (word.charCodeAt(0) > 0x2fff) return text.indexOf(word);
  for (let at = text.indexOf(` ${word}`); at >= 0; at = text.indexOf(` ${word}`, at + 1)) {
    const after = at + 1 + word.length;
    if (ENDINGS.some((ending) => text.startsWith(ending, after))) return at;
  }
  return -1;
}

function chooseTime(
  text: string,
  setting: words.Setting,
  moods: words.Mood[],
  chance: number,
): words.TimeOfDay {
  if (/ (market|bazaar|souk)s? /.test(text)) return chance < 0.6 ? "golden" : "day";
  if (setting === "clouds") return chance < 0.6 ? "golden" : chance < 0.8 ? "dawn" : "day";
  if (moods.includes("neon") || setting === "street") return chance < 0.75 ? "night" : "dusk";
  if (moods.includes("dark")) return chance < 0.5 ? "dusk" : "night";
  if (setting === "city") return chance < 0.4 ? "night" : chance < 0.8 ? "dusk" : "golden";
  if (chance < 0.36) return "golden";
  if (chance < 0.56) return "dawn";
  return chance < 0.76 ? "dusk" : "day";
}
