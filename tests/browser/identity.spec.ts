import { type BrowserContext, expect, type Locator, type Page, test } from "@playwright/test";
import { hashPassword } from "@/lib/auth/password";
import { db, schema } from "@/lib/db";
import { createInvitation } from "@/lib/workspaces";
import { CLIENT, IdentityServer, type Lie, type Person } from "../support/identity-server";
import { startWebServer, type WebServer } from "../support/web-server";
import { expectAccessible } from "./support/checks";

const PASSWORD = "a lantern in the window";
let people = 0;
const person = (name: string, verified = true): Person => {
  const id = ++people;
  return { id, name, email: `${name.toLowerCase()}-${id}@example.com`, verified };
};

let server: IdentityServer;
let google: IdentityServer;
let web: WebServer;
test.beforeAll(async () => {
  server = await new IdentityServer().start();
  google = await new IdentityServer().start();
  google.issuer = "https://accounts.google.com";
  web = await startWebServer({
    ...{ GITHUB_ID: CLIENT.id, GITHUB_SECRET: CLIENT.secret, GITHUB_ENTERPRISE_URL: server.url },
    ...{ GOOGLE_ID: CLIENT.id, GOOGLE_SECRET: CLIENT.secret, GOOGLE_HERE: google.url },
    ...{ AUTH_OIDC_ISSUER: server.url, AUTH_OIDC_ID: CLIENT.id, AUTH_OIDC_SECRET: CLIENT.secret },
    AUTH_OIDC_NAME: "Lantern ID",
    NODE_OPTIONS: `--require ${process.cwd()}/tests/support/google-here.cjs`,
  });
  for (const one of [server, google])
    one.callbacks = ["github", "google", "oidc"].map((id) => `${web.url}/api/auth/callback/${id}`);
});
test.afterAll(async () => {
  await web?.stop();
  server?.stop();
  google?.stop();
});
test.afterEach(() => {
  Object.assign(server, { lie: null, thin: false });
});

/** A browser in which nobody is signed in. */
async function open(context: BrowserContext, path: string): Promise<Page> {
  await context.clearCookies();
  const page = await context.newPage();
  await page.goto(web.url + path);
  return page;
}

async function continueWith(page: Page, label: string, who: Person): Promise<void> {
  for (const one of [server, google]) one.people = [who];
  await page.getByRole("button", { name: `Continue with ${label}` }).click();
  await page.getByRole("link", { name: who.name }).click();
}

const invite = async () => `/invite/${(await createInvitation(web.team.owner, "viewer")).token}`;
const refusal = (page: Page) => page.getByRole("alert").filter({ hasText: /\S/ });
const emails = async () => (await db().select().from(schema.user)).map(({ email }) => email);

async function expectIn(page: Page, { name, email }: Person): Promise<void> {
  await expect(page).toHaveURL(({ origin, pathname }) => origin === web.url && pathname !== "/sign-in");
  await page.goto(`${web.url}/account`);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(name);
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
}

for (const [label, id] of [
  ["Lantern ID", "oidc"],
  ["GitHub", "github"],
  ["Google", "google"],
] as const) {
  test.describe(`with ${label}`, () => {
    test("the invited join, and are the same person when they come again", async ({ context }) => {
      const grace = person("Grace");
      const page = await open(context, await invite());
      await expectAccessible(page);
      await continueWith(page, label, grace);
      await expectIn(page, grace);
      await page.goto(`${web.url}/w/${web.slug}/settings/members`);
      await expect(page.getByRole("listitem").filter({ hasText: grace.name }).first()).toContainText(
        "Viewer",
      );

      // The e-mail has moved and is not verified yet: the account there is still the one that was connected.
      const again = await open(context, "/sign-in");
      await continueWith(again, label, { ...grace, email: "moved@example.com", verified: false });
      await expectIn(again, grace);
    });

    test("nobody else gets in, verified or not", async ({ context }) => {
      const before = await emails();
      const page = await open(context, "/sign-in");
      await continueWith(page, label, person("Stranger"));
      await expect(refusal(page)).toContainText("No account here belongs to that sign-in.");

      const invited = await open(context, await invite());
      await continueWith(invited, label, person("Unsure", false));
      await expect(refusal(invited)).toContainText("no verified e-mail");
      expect(await emails()).toEqual(before);
      await invited.goto(`${web.url}/account`);
      await expect(invited).toHaveURL(/\/sign-in/);
    });

    test("an account with a password is connected by its owner alone", async ({ context }) => {
      const ada = person("Ada");
      const userId = `user_ada_${id}`;
      const passwordHash = await hashPassword(PASSWORD);
      await db().insert(schema.user).values({ id: userId, name: ada.name, email: ada.email, passwordHash });
      const page = await open(context, "/sign-in");
      await continueWith(page, label, ada);
      await expect(refusal(page)).toContainText("There is an account with this e-mail");
      await page.getByLabel("E-mail").fill(ada.email);
      await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect(page).not.toHaveURL(/\/sign-in/);

      await page.goto(`${web.url}/account`);
      const row = page.getByRole("list", { name: "Other ways to sign in" }).getByRole("listitem");
      await page.getByRole("button", { name: `Connect ${label}` }).click();
      await page.getByRole("link", { name: ada.name }).click();
      await expect(row.filter({ hasText: label })).toContainText("Connected");
      await expectAccessible(page);
      await expect(page.getByRole("list", { name: "Signed-in browsers" }).getByRole("listitem")).toHaveCount(
        1,
      );

      const again = await open(context, "/sign-in");
      await continueWith(again, label, ada);
      await expectIn(again, ada);
    });

    test("an answer to nobody's question opens nothing", async ({ context }) => {
      const grace = person("Grace");
      for (const one of [server, google]) one.people = [grace];
      const page = await open(context, await invite());
      const before = await emails();
      await page.getByRole("button", { name: `Continue with ${label}` }).click();
      const asked = await page
        .getByRole("link", { name: grace.name })
        .evaluate((link: HTMLAnchorElement) => link.href);
      const { location: right = "" } = (await page.request.get(asked, { maxRedirects: 0 })).headers();
      expect(right).toContain(`${web.url}/api/auth/callback/${id}?code=`);
      const wrong = new URL(right);
      wrong.searchParams.set("state", "the state of somebody else");
      await page.goto(wrong.href);
      await expect(refusal(page)).toContainText("The sign-in was interrupted.");

      // Right in everything, but in a browser that has asked for nothing.
      const stranger = await open(context, right.replace(web.url, ""));
      await expect(refusal(stranger)).toContainText("The sign-in was interrupted.");
      expect(await emails()).toEqual(before);
    });
  });
}

test("nobody connects what opens another account", async ({ context }) => {
  const taken = person("Taken");
  for (const [who, outcome] of [
    [
      person("Ruth"),
      (page) => page.getByRole("listitem").filter({ hasText: "GitHub" }).getByText("Connected"),
    ],
    [
      person("Linus"),
      (page) => refusal(page).filter({ hasText: "That sign-in opens another account here." }),
    ],
  ] satisfies [Person, (page: Page) => Locator][]) {
    const page = await open(context, await invite());
    await continueWith(page, "Lantern ID", who);
    await expectIn(page, who);
    server.people = [taken];
    await page.getByRole("button", { name: "Connect GitHub" }).click();
    await page.getByRole("link", { name: taken.name }).click();
    await expect(outcome(page)).toBeVisible();
  }
});

test("claims at the userinfo endpoint count as well", async ({ context }) => {
  const grace = person("Grace");
  server.thin = true;
  const page = await open(context, await invite());
  await continueWith(page, "Lantern ID", grace);
  await expectIn(page, grace);
});

for (const lie of ["other key", "other nonce", "other audience", "other issuer"] satisfies Lie[]) {
  test(`an ID token with ${lie.replace("other", "another")} is refused`, async ({ context }) => {
    const before = await emails();
    server.lie = lie;
    const page = await open(context, await invite());
    await continueWith(page, "Lantern ID", person("Mallory"));
    await expect(refusal(page)).toContainText("The sign-in was interrupted.");
    expect(await emails()).toEqual(before);
  });
}
