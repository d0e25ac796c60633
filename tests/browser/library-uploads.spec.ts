import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/checks";
import { fileInput, film, openLibrary as open, paintRow, test, tiles as tilesOf } from "./support/library";

let page: Page;
let folder: string;
const tiles = () => tilesOf(page);
const openLibrary = (query?: string) => open(page, query);

test.describe.configure({ mode: "serial" });

test.beforeAll(({ library }) => {
  ({ page, folder } = library);
});

test("an empty library says what could be here, and how to begin", async () => {
  await page.goto("/workspaces/new");
  await page.getByLabel("Name").fill("Bare Walls");
  await page.getByRole("button", { name: /open|make|create/i }).click();
  await expect(page).toHaveURL(/\/w\/bare-walls/);
  await page.goto("/w/bare-walls/library");
  await expect(page.getByRole("heading", { name: "Nothing hangs here yet" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Make something" })).toHaveAttribute("href", "/w/bare-walls");
  await expectAccessible(page);
});

test("several files are uploaded at once; what cannot be used says why", async () => {
  await openLibrary("?q=crate");
  const good = await paintRow(folder, "crate", 5);
  good.push(await film(folder, "crate-film.mp4"));
  const fake = join(folder, "crate-fake.png");
  await writeFile(fake, "<!doctype html><script>alert(1)</script>");
  const notes = join(folder, "crate-notes.txt");
  await writeFile(notes, "Not a picture.");
  await fileInput(page).setInputFiles([...good, fake, notes]);

  const tray = page.getByRole("region", { name: "Uploads" });
  await expect(tray.getByRole("heading")).toHaveText("6 uploaded, 2 not", { timeout: 60_000 });
  await expect(tray.getByRole("listitem").filter({ hasText: "crate-fake.png" })).toContainText("web page");
  await expect(tray.getByRole("listitem").filter({ hasText: "crate-notes.txt" })).toContainText("TXT file");
  await expect(tiles()).toHaveCount(6);
  await expectAccessible(page);
  await tray.getByRole("button", { name: "Close the list" }).click();
  await expect(tray).toHaveCount(0);
});

test("files are dropped anywhere on the page, and pasted", async () => {
  const drop = async (type: string) =>
    page.evaluate((kind) => {
      const data = new DataTransfer();
      const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 200 });
      canvas.getContext("2d")?.fillRect(0, 0, 100, 100);
      const bytes = Uint8Array.from(atob(canvas.toDataURL("image/png").split(",")[1] ?? ""), (c) =>
        c.charCodeAt(0),
      );
      data.items.add(new File([bytes], "crate-dropped.png", { type: "image/png" }));
      const event =
        kind === "paste"
          ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
          : new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    }, type);
  await drop("dragenter");
  await expect(page.getByText("Drop to add to the library")).toBeVisible();
  await drop("drop");
  await expect(page.getByText("Drop to add to the library")).toHaveCount(0);
  await expect(tiles()).toHaveCount(7);
  await drop("paste");
  await expect(tiles()).toHaveCount(8);
});
