import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { expectAccessible, whenAwake } from "./support/checks";
import { type HeldParts, holdParts, isKept, paintLarge } from "./support/held-parts";
import { fileInput, openLibrary as open, paintRow, test, tiles as tilesOf } from "./support/library";

const MISSING = [3, 4, 5, 6];

let page: Page;
let folder: string;
let parts: HeldParts;
const tray = () => page.getByRole("region", { name: "Uploads" });
const heading = () => tray().getByRole("heading");
const row = () => tray().getByRole("listitem");
const tiles = () => tilesOf(page);

test.describe.configure({ mode: "serial" });

test.beforeAll(({ library }) => {
  ({ page, folder } = library);
});

/** A file whose first two parts have arrived, the others being on their way. */
async function sendHalf(name: string): Promise<string> {
  await open(page, `?q=${name}`);
  parts = await holdParts(page);
  const path = await paintLarge(folder, name);
  await fileInput(page).setInputFiles(path);
  await expect(row()).toContainText("4.2 MB of 10.5 MB", { timeout: 60_000 });
  return path;
}

async function expectUploaded(): Promise<void> {
  await parts.letGo();
  await expect(heading()).toHaveText("Uploaded", { timeout: 60_000 });
  await expect(tray()).toHaveCount(0);
}

// First: once Chromium has asked whether to leave a page, what its tools drag may not arrive any more.
test("folders are walked; what is no picture in them is left out with a word", async () => {
  await open(page, "?q=walked");
  const inner = join(folder, "shoot", "day 1");
  await mkdir(inner, { recursive: true });
  await paintRow(join(folder, "shoot"), "walked-a", 1);
  await paintRow(inner, "walked-b", 2);
  for (const name of [".DS_Store", "notes.txt"]) await writeFile(join(inner, name), "x");
  const mouse = await page.context().newCDPSession(page);
  const data = { items: [], files: [join(folder, "shoot")], dragOperationsMask: 1 };
  const drag = (type: "dragEnter" | "dragOver" | "dragCancel" | "drop") =>
    mouse.send("Input.dispatchDragEvent", { type, x: 400, y: 400, data });
  // A drop is heard once the page's script runs: it says so while something hovers.
  await whenAwake(async () => {
    await drag("dragCancel");
    await drag("dragEnter");
    await expect(page.getByText("Drop to add to the library")).toBeVisible({ timeout: 1_000 });
  });
  await drag("dragOver");
  await drag("drop");
  await expect(page.getByText("1 file was left out: no pictures, films or sound.")).toBeVisible();
  await expect(tiles()).toHaveCount(3, { timeout: 60_000 });
});

test("an upload goes on while one goes elsewhere, is paused and gone on with", async () => {
  await sendHalf("wander");
  await page.getByRole("link", { name: "Jobs" }).first().click();
  await expect(page).toHaveURL(/\/jobs$/);
  await expect(row()).toContainText("4.2 MB of 10.5 MB");
  await row().getByRole("button", { name: "Pause the upload" }).click();
  await expect(row()).toContainText("Paused at 4.2 MB of 10.5 MB");
  await expect(heading()).toHaveText("1 upload rests");
  await expectAccessible(page);
  parts.takeBegun();
  await row().getByRole("button", { name: "Go on" }).click();
  await expectUploaded();
  expect(parts.takeBegun()).toEqual(MISSING);
  await open(page, "?q=wander");
  await expect(tiles()).toHaveCount(1);
});

test("leaving asks; after a reload it goes on by itself with what is missing", async () => {
  await sendHalf("reload");
  await expect.poll(() => isKept(page, "reload-0.png")).toBe(true);
  await heading().click();
  const asked: string[] = [];
  page.once("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  parts.takeBegun();
  await page.reload();
  expect(asked).toEqual(["beforeunload"]);
  await expect(row()).toContainText("4.2 MB of 10.5 MB");
  await expectUploaded();
  expect(parts.takeBegun()).toEqual(MISSING);
  await expect(tiles()).toHaveCount(1);
});

test("a browser without room for a copy asks for the file again, and sends what is missing", async () => {
  const path = await sendHalf("again");
  await expect.poll(() => isKept(page, "again-0.png", { loseCopy: true })).toBe(true);
  await page.reload();
  await expect(row()).toContainText("interrupted. Choose the file again to go on.");
  await expectAccessible(page);
  parts.takeBegun();
  await row().locator("input[type=file]").setInputFiles(path);
  await expect(row()).toContainText("4.2 MB of 10.5 MB");
  await expectUploaded();
  expect(parts.takeBegun()).toEqual(MISSING);
  await expect(tiles()).toHaveCount(1);
});

test("a lost network is waited for, in words", async () => {
  await sendHalf("offline");
  await page.context().setOffline(true);
  await expect(row()).toContainText("No network. It goes on by itself from 4.2 MB of 10.5 MB.");
  await expect(heading()).toHaveText("Waiting for the connection");
  await expectAccessible(page);
  await page.context().setOffline(false);
  await expectUploaded();
  await expect(tiles()).toHaveCount(1);
});

test("a file is pasted though its name comes along as text; an office's text is not", async () => {
  await open(page, "?q=pasted");
  const paste = (text: string) =>
    page.evaluate((words) => {
      const data = new DataTransfer();
      const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 200 });
      const bytes = Uint8Array.from(atob(canvas.toDataURL("image/png").split(",")[1] ?? ""), (c) =>
        c.charCodeAt(0),
      );
      data.items.add(new File([bytes], "pasted-one.png", { type: "image/png" }));
      data.setData("text/plain", words);
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      return !document.body.dispatchEvent(event);
    }, text);
  await expect.poll(() => paste("file:///home/lena/pasted-one.png")).toBe(true);
  expect(await paste("Quarter\tRevenue\n1\t200")).toBe(false);
  await expect(tiles()).toHaveCount(1, { timeout: 30_000 });
});
