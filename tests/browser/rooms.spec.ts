import { expect, type Page, test } from "@playwright/test";
import type { Order } from "@/components/generate/order";
import { expectAccessible, expectFitsPhone, whenAwake } from "./support/checks";
import { expectPicture, jobRoom } from "./support/job-room";
import { orderJob } from "./support/order";
import { type PaidStudio, startPaidStudio } from "./support/paid-studio";
import { inviteViewer } from "./support/viewer";

const FLUX = "black-forest-labs/flux-schnell";
const SEEDANCE = "bytedance/seedance-2.0-fast";
const GPT_IMAGE = "openai:gpt-image-2.6-flare";

let studio: PaidStudio;
let page: Page;
let room: ReturnType<typeof jobRoom>;
/** The rooms as they were left, for the walk with a phone. */
const rooms: Record<string, string> = {};

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  studio = await startPaidStudio(browser);
  page = studio.page;
  room = jobRoom(page);
});
test.afterAll(async () => studio?.stop());

const order = (form: Partial<Order>) => orderJob(page, studio.home, form);
/** Orders that are billed, from a moment on: one that was canceled before is taken off the bill at any time. */
const paidFor = (model: string, since = "") =>
  studio.contract.charges().filter((one) => one.model === model && one.at >= since).length;
const now = () => new Date().toISOString();

async function capPerJob(dollars: string) {
  await page.goto(`${studio.home}/settings/budget`);
  await page.getByLabel("Cap per job").fill(dollars);
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByText("Saved")).toBeVisible();
}

test("stills come one after the other, without a reload; every step is a row", async () => {
  studio.contract.script({ model: FLUX, fate: { seconds: 6 } });
  rooms.finished = await order({ prompt: "A ferry in the fog", count: 3 });
  await room.markPage();
  await room.reaches("Making");
  await expect(room.step("Make the stills")).toContainText("FLUX schnell · Replicate");
  await expect(room.step("Make the stills")).toContainText("Making");
  await expect(room.step("Make the stills")).toContainText("$0.009");
  await expect(room.step("Choose a still")).toContainText("Planned");
  await expect(room.step("Read the still")).toContainText("about 10 s");
  await expect(room.step("Animate the still")).toContainText("$0.75–0.90");
  await expect(room.takes).toHaveCount(0);
  await expectAccessible(page);
  await room.reaches("Your turn");
  await expect(room.takes).toHaveCount(3);
  await expect(room.step("Make the stills")).toContainText("Finished");
  await expect(room.step("Make the stills")).toContainText(/0:\d\d/);
  expect(await room.isSamePage()).toBe(true);
  await expectAccessible(page);
});

test("a new take adds stills beside the first ones, and is paid once", async () => {
  const before = paidFor(FLUX);
  await room.step("Make the stills").getByRole("button", { name: "New take · $0.009" }).click();
  await expect(room.takes).toHaveCount(6, { timeout: 90_000 });
  await room.reaches("Your turn");
  await expect(room.step("Make the stills")).toContainText("take 2");
  expect(paidFor(FLUX)).toBe(before + 1);
  expect(await room.isSamePage()).toBe(true);
});

test("with the keyboard: along the stills, take one, and it becomes the film", async () => {
  await page.locator("body").click({ position: { x: 5, y: 5 } });
  await whenAwake(async () => {
    await page.keyboard.press("5");
    await expect(room.takes.nth(4)).toHaveAttribute("aria-pressed", "true", { timeout: 1_000 });
  });
  await page.keyboard.press("ArrowLeft");
  await expect(room.takes.nth(3)).toHaveAttribute("aria-pressed", "true");
  await expect(room.button(/^Animate this one · \$0\.75–0\.91/)).toBeVisible();
  await page.keyboard.press("Enter");
  await room.reaches("Finished");
  await expect(room.takes).toHaveCount(7);
  await expect(room.takes.nth(3)).toHaveAccessibleName(/chosen/);
  await expect(room.takes.nth(6)).toHaveAttribute("aria-pressed", "true");
  expect(await room.isSamePage()).toBe(true);
  for (const name of ["Make the stills", "Choose a still", "Read the still", "Animate the still"])
    await expect(room.step(name)).toContainText("Finished");
  await expect(room.step("Animate the still")).toContainText("Seedance 2.0 fast · Replicate");
  await expect(room.step("Animate the still")).toContainText(/\$0\.\d\d/);
  await expect(page.getByRole("region", { name: "Cost and time" })).toContainText(/\$0\.\d\d/);
  await expect(page.getByRole("region", { name: "Cost and time" })).not.toContainText("reserved");
});

test("the film shows its picture at once, and plays by its keys", async () => {
  await page.reload();
  await expectPicture(room.film);
  await whenAwake(async () => {
    await room.button("One frame on").click({ timeout: 1_000 });
    await expect(page.locator("figcaption")).toContainText("00:00:00:01", { timeout: 1_000 });
  });
  await page.keyboard.press("k");
  await expect(room.button("Pause the film")).toBeVisible();
  await page.keyboard.press("k");
  await expect(room.button("Play the film")).toBeVisible();
  await expectAccessible(page);
});

test("a finished step is made again from its row; what came before is not paid again", async () => {
  const stills = paidFor(FLUX);
  const looks = paidFor("gpt-6-luna");
  await room
    .step("Read the still")
    .getByRole("button", { name: /^Retry from here/ })
    .click();
  await expect.poll(() => paidFor("gpt-6-luna"), { timeout: 90_000 }).toBe(looks + 1);
  await room.reaches("Finished");
  expect(paidFor(FLUX)).toBe(stills);
});

test("chosen automatically, after a provider that was busy at first", async () => {
  studio.contract.script({ provider: "replicate", answer: { status: 429, retryAfter: "2" } });
  await order({ prompt: "A tram in the rain", count: 2, chooseAutomatically: true });
  await expect(room.step("Make the stills")).toContainText(/Trying again|At the 2nd attempt/, {
    timeout: 90_000,
  });
  await room.reaches("Finished");
  await expect(room.step("Make the stills")).toContainText("At the 2nd attempt.");
  await room.step("Make the stills").getByText("One failed attempt").click();
  await expect(room.step("Make the stills")).toContainText("Replicate is limiting how many orders it takes");
  await expect(room.step("Choose a still")).toContainText("The first is taken");
  await expectAccessible(page);
});

test("canceled at work, after a question, with a way to go on", async () => {
  studio.contract.script({ model: FLUX, fate: { seconds: 3_600 } });
  rooms.canceled = await order({ prompt: "A well in the desert", count: 1 });
  await room.reaches("Making");
  await whenAwake(async () => {
    await room.button(/^Cancel$/).click({ timeout: 1_000 });
    await expect(page.getByRole("alertdialog")).toBeVisible({ timeout: 1_000 });
  });
  await expectAccessible(page);
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel the job" }).click();
  await room.reaches("Canceled");
  await expect(page.getByRole("heading", { name: "This job was canceled." })).toBeVisible();
  await expect(room.button("Go on with it")).toBeVisible();
  await expectAccessible(page);
});

test("a failure names step, provider and what to press; Retry pays only for what is missing", async () => {
  const begun = now();
  const paid = () => [FLUX, "gpt-6-luna", SEEDANCE].map((model) => paidFor(model, begun));
  studio.contract.script({ model: SEEDANCE, fate: { fail: "the model stumbled" } });
  rooms.failed = await order({ prompt: "A crane at dawn", count: 1 });
  await room.reaches("Failed");
  const note = page.getByRole("main").getByRole("alert");
  await expect(note).toContainText("In “animate the still”, at Replicate.");
  await expect(note).toContainText("Spent so far: $0.00");
  await expect(room.step("Make the stills")).toContainText("Finished");
  await expect(room.step("Animate the still")).toContainText("Failed");
  await expect(
    room.step("Animate the still").getByRole("button", { name: /^Retry from here/ }),
  ).toBeVisible();
  await expectAccessible(page);
  expect(paid()).toEqual([1, 1, 0]);

  await note.getByRole("button", { name: "Retry" }).click();
  await room.reaches("Finished");
  expect(paid()).toEqual([1, 1, 1]);
});

test("at a cap the job pauses, says why, and goes on once there is room", async () => {
  await capPerJob("0.05");
  rooms.paused = await order({ prompt: "A kiln at night", count: 1 });
  await room.reaches("Paused");
  await expect(page.getByRole("heading", { name: /cap for one job \(\$0\.05\)/ })).toBeVisible();
  await expectAccessible(page);
  const paused = now();
  await capPerJob("5");
  await page.goto(rooms.paused);
  await room.button("Go on").click();
  await room.reaches("Finished");
  expect(paidFor(FLUX, paused)).toBe(1);
});

test("an order in doubt waits for a person: not paid again, or ordered again", async () => {
  const asked = { prompt: "A mast in the sun", count: 1, animate: false, imageModel: GPT_IMAGE };
  const inDoubt = async () => {
    studio.contract.script({ provider: "openai", answer: { drop: "after-taken" } });
    const path = await order(asked);
    await room.reaches("Your turn");
    await expect(page.getByRole("heading", { name: /Was this order taken\? OpenAI/ })).toBeVisible();
    return path;
  };
  const paid = () => paidFor("gpt-image-2.6-flare");
  await inDoubt();
  await expectAccessible(page);
  await room.button("Do not pay again").click();
  await room.reaches("Failed");
  expect(paid()).toBe(1);
  rooms.doubt = await inDoubt();
  await room.button(/^Order again · \$/).click();
  await room.reaches("Finished");
  expect(paid()).toBe(3);
});

test("a viewer sees it all, and may not act", async ({ browser }) => {
  const waiting = await order({ prompt: "A gate in the hedge", count: 2 });
  await room.reaches("Your turn");
  const theirs = await inviteViewer(browser, studio);
  await expect(theirs.getByText("You are here as a viewer")).toBeVisible();
  for (const path of [waiting, rooms.finished ?? "", rooms.canceled ?? ""]) {
    await theirs.goto(path);
    await expect(theirs.getByRole("list", { name: "Steps" })).toBeVisible();
    const acts = /^(Animate this one|New take|Retry|Go on|Cancel$)/;
    await expect(theirs.getByRole("button", { name: acts })).toHaveCount(0);
  }
  await theirs.context().close();
  rooms.waiting = waiting;
});

test("all of it fits a narrow phone, and the light room reads as well", async () => {
  const { finished, canceled, waiting } = rooms;
  await expectFitsPhone(studio.context, studio.url, [finished ?? "", canceled ?? "", waiting ?? ""]);
  expect(studio.contract.problems()).toEqual([]);
});
