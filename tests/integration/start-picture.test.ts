import { afterAll, beforeAll, expect, it } from "vitest";
import { pipelineOf } from "@/inngest/pipelines";
import { createAsset } from "@/lib/assets";
import type { Caller } from "@/lib/auth/caller";
import { picture } from "../support/assets";
import { createDatabase, type TestDatabase } from "../support/database";
import { addTeam } from "../support/people";

let database: TestDatabase;
let caller: Caller;
beforeAll(async () => {
  database = await createDatabase();
  ({ editor: caller } = await addTeam(database.db, "here"));
});
afterAll(() => database.drop());

it.each([
  [{ width: 1080, height: 1920 }, "9:16"],
  [{ width: 3000, height: 4000 }, "3:4"],
  [{ width: 900, height: 900 }, "1:1"],
])("an order that begins from a picture of %o keeps its shape, whatever it says", async (size, ratio) => {
  const { id: pictureId } = await createAsset(database.db, picture(caller.workspaceId, size));
  for (const said of [undefined, "16:9", "4:3"]) {
    const input = { pictureId, ...(said && { ratio: said }) };
    expect(await pipelineOf("animated-picture").form.complete(caller, input)).toMatchObject({
      pictureId,
      ratio,
    });
  }
});

it("an order of words alone keeps what it says", async () => {
  const input = { prompt: "A boat", ratio: "3:4" };
  expect(await pipelineOf("animated-picture").form.complete(caller, input)).toMatchObject({ ratio: "3:4" });
});
