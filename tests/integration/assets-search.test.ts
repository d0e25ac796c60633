import { afterAll, beforeAll, expect, it } from "vitest";
import { createAsset, listAssets } from "@/lib/assets";
import { picture } from "../support/assets";
import { createDatabase, type TestDatabase } from "../support/database";
import { addTeam, type Team } from "../support/people";

let database: TestDatabase;
let team: Team;
const named = new Map<string, string>();

beforeAll(async () => {
  database = await createDatabase();
  team = await addTeam(database.db, "search");
  await add("boat", { prompt: "A red fishing boat at dawn, 35mm film", filename: "still-1.png" });
  await add("carpet", {
    prompt: "A carpet in a red room",
    description: "Woven wool",
    filename: "still-2.png",
  });
  await add("car", { prompt: "A car", tags: ["vintage", "chrome"], filename: "still-3.png" });
  await add("upload", { prompt: null, filename: "IMG_2041-Sommerfest.final.JPG" });
  await add("café", { prompt: "Ein Café in Zürich, 夜の街" });
});
afterAll(() => database.drop());

async function add(name: string, given: Parameters<typeof picture>[1]) {
  const { id } = await createAsset(
    database.db,
    picture(team.workspaceId, { id: `asset_${named.size}`, ...given }),
  );
  named.set(id, name);
}

async function found(q: string): Promise<string[]> {
  const { assets } = await listAssets(team.viewer, { q });
  return assets.map(({ id }) => named.get(id) ?? id).sort();
}

it.each([
  ["red", ["boat", "carpet"]],
  ["red dawn", ["boat"]],
  ["RED Boat", ["boat"]],
  // The last word may be unfinished, the others are whole.
  ["car", ["car", "carpet"]],
  ["red ca", ["carpet"]],
  ["ca red", []],
  // Quotes, or, without.
  ['"fishing boat"', ["boat"]],
  ['"boat fishing"', []],
  ['"car"', ["car"]],
  ["vintage or wool", ["car", "carpet"]],
  ["red -carpet", ["boat"]],
  ["red -car", ["boat", "carpet"]],
  // Descriptions, tags, file names.
  ["woven", ["carpet"]],
  ["chrome", ["car"]],
  ["sommerfest", ["upload"]],
  ["img_2041", ["upload"]],
  ["IMG_2041-Sommerfest.final", ["upload"]],
  ["final", ["upload"]],
  ["still-2.png", ["carpet"]],
  ["zürich", ["café"]],
  ["Caf", ["café"]],
  ["夜の", ["café"]],
  ["35mm", ["boat"]],
  ["submarine", []],
])("finds %j", async (q, names) => {
  expect(await found(q)).toEqual([...names].sort());
});

it.each([
  "'",
  "\\",
  "!!!",
  "&|",
  "-",
  '"',
  ":*",
  "a:*b",
  "();drop table asset",
  "\u0000x",
  "%",
  "😀",
  "' or 1=1 --",
])("takes %j without failing", async (q) => {
  await expect(found(q)).resolves.toBeInstanceOf(Array);
});
