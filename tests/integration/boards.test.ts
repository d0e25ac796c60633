import { describe, expect, it } from "vitest";
import {
  addToBoard,
  boardsOf,
  createBoard,
  deleteAssets,
  deleteBoard,
  findAsset,
  findBoard,
  listAssets,
  listBoards,
  removeFromBoard,
  renameBoard,
  restoreAssets,
} from "@/lib/assets";
import { openWalls } from "../support/assets";
import { addTeam, type Team } from "../support/people";

const { database, ours, theirs, create } = await openWalls();

const listed = async (team: Team, boardId: string) =>
  (await listAssets(team.viewer, { boardId })).assets.map(({ id }) => id);

describe("a board", () => {
  it("holds assets, with covers and a count, and survives their deletion and return", async () => {
    const team = await addTeam(database.db, "covers");
    const board = await createBoard(team.editor, "  Spring   campaign ");
    expect(board.name).toBe("Spring campaign");
    const made = [];
    for (let index = 0; index < 6; index++) made.push(await create(team));
    const ids = made.map(({ id }) => id);
    expect(await addToBoard(team.editor, board.id, ids)).toHaveLength(6);
    expect(await addToBoard(team.editor, board.id, ids)).toEqual([]);
    const [shown] = await listBoards(team.viewer);
    expect(shown).toMatchObject({ id: board.id, name: "Spring campaign", count: 6 });
    expect(shown?.createdAt).toEqual(board.createdAt);
    expect(shown?.covers.map(({ id }) => id)).toEqual(ids.slice(2).reverse());

    const newest = ids.at(-1) ?? "";
    await deleteAssets(team.editor, [newest]);
    expect(await listBoards(team.viewer)).toMatchObject([{ count: 5 }]);
    expect(await listed(team, board.id)).not.toContain(newest);
    await restoreAssets(team.editor, [newest]);
    expect(await listed(team, board.id)).toEqual([...ids].reverse());
    expect(await boardsOf(team.viewer, newest)).toMatchObject([{ id: board.id }]);

    expect(await removeFromBoard(team.editor, board.id, [newest, "asset_unknown"])).toEqual([newest]);
    expect((await findAsset(team.viewer, newest)).id).toBe(newest);
    expect(await boardsOf(team.viewer, newest)).toEqual([]);
  });

  it("is renamed and deleted; its assets stay", async () => {
    const board = await createBoard(ours.editor, "Draft ideas");
    const own = await create(ours);
    await addToBoard(ours.editor, board.id, [own.id]);
    await renameBoard(ours.editor, board.id, "Ideas");
    expect((await findBoard(ours.viewer, board.id)).name).toBe("Ideas");
    await deleteBoard(ours.editor, board.id);
    await expect(findBoard(ours.viewer, board.id)).rejects.toMatchObject({ code: "not_found" });
    expect((await findAsset(ours.viewer, own.id)).id).toBe(own.id);
  });

  it("is listed by name, empty ones too", async () => {
    const team = await addTeam(database.db, "sorted");
    for (const name of ["beta", "Alpha", "gamma"]) await createBoard(team.editor, name);
    expect((await listBoards(team.viewer)).map(({ name, count, covers }) => [name, count, covers])).toEqual([
      ["Alpha", 0, []],
      ["beta", 0, []],
      ["gamma", 0, []],
    ]);
  });

  it.each(["", "   ", "x".repeat(81)])("refuses the name %j", async (name) => {
    await expect(createBoard(ours.editor, name)).rejects.toMatchObject({ code: "bad_input" });
  });
});

describe("another workspace", () => {
  it("cannot see, change or fill a board", async () => {
    const board = await createBoard(ours.editor, "Ours");
    const own = await create(ours);
    const foreign = await create(theirs);
    await addToBoard(ours.editor, board.id, [own.id]);
    const missing = { code: "not_found" };
    await expect(findBoard(theirs.owner, board.id)).rejects.toMatchObject(missing);
    await expect(renameBoard(theirs.owner, board.id, "Mine")).rejects.toMatchObject(missing);
    await expect(deleteBoard(theirs.owner, board.id)).rejects.toMatchObject(missing);
    await expect(addToBoard(theirs.owner, board.id, [foreign.id])).rejects.toMatchObject(missing);
    await expect(removeFromBoard(theirs.owner, board.id, [own.id])).rejects.toMatchObject(missing);
    await expect(addToBoard(ours.owner, board.id, [foreign.id])).rejects.toMatchObject(missing);
    expect(await boardsOf(theirs.owner, own.id)).toEqual([]);
    expect(await listed(theirs, board.id)).toEqual([]);
    expect(await listed(ours, board.id)).toEqual([own.id]);
    expect((await listBoards(theirs.owner)).map(({ id }) => id)).not.toContain(board.id);
  });
});

it("lets viewers look at boards and nothing more", async () => {
  const board = await createBoard(ours.editor, "Look only");
  const own = await create(ours);
  const forbidden = { code: "forbidden" };
  await expect(createBoard(ours.viewer, "x")).rejects.toMatchObject(forbidden);
  await expect(renameBoard(ours.viewer, board.id, "x")).rejects.toMatchObject(forbidden);
  await expect(deleteBoard(ours.viewer, board.id)).rejects.toMatchObject(forbidden);
  await expect(addToBoard(ours.viewer, board.id, [own.id])).rejects.toMatchObject(forbidden);
  await expect(removeFromBoard(ours.viewer, board.id, [own.id])).rejects.toMatchObject(forbidden);
  expect((await findBoard(ours.viewer, board.id)).name).toBe("Look only");
});
