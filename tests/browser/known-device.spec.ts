import { expect, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { hashPassword } from "@/lib/auth/password";
import { db, schema } from "@/lib/db";
import { startWebServer, type WebServer } from "../support/web-server";

const PASSWORD = "a lantern in the window";
const NAME = "__Secure-kinora-device";
let web: WebServer;
let email = "";
test.beforeAll(async () => {
  // Behind a proxy that speaks TLS and says who calls.
  web = await startWebServer({ KINORA_URL: "https://studio.example", TRUST_PROXY: "1" });
  const id = web.team.owner.userId;
  const passwordHash = await hashPassword(PASSWORD);
  const [owner] = await db()
    .update(schema.user)
    .set({ passwordHash })
    .where(eq(schema.user.id, id))
    .returning();
  email = owner?.email ?? "";
});
test.afterAll(() => web.stop());

const nameAndValue = (response: Response) =>
  response.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");

/** As the form on the page does it: a token first, then e-mail and password. */
async function signIn(password: string, address: string, device?: string): Promise<Response> {
  const csrf = await fetch(`${web.url}/api/auth/csrf`);
  const { csrfToken } = await csrf.json();
  return fetch(`${web.url}/api/auth/callback/credentials`, {
    method: "POST",
    headers: {
      origin: "https://studio.example",
      "x-forwarded-for": address,
      cookie: [...nameAndValue(csrf), ...(device ? [device] : [])].join("; "),
    },
    body: new URLSearchParams({ csrfToken, email, password, json: "true" }),
  });
}

test("a browser that was signed in with stays known after it was signed out, whatever strangers do", async () => {
  const first = await signIn(PASSWORD, "192.0.2.1");
  expect(first.status).toBe(200);
  const set = first.headers.getSetCookie().find((cookie) => cookie.startsWith(`${NAME}=`)) ?? "";
  for (const said of ["Path=/", "HttpOnly", "Secure", "SameSite=lax", "Max-Age=34560000"])
    expect(set.toLowerCase()).toContain(said.toLowerCase());
  const device = set.split(";")[0] ?? "";
  expect(device).not.toContain(web.team.owner.userId);

  const csrf = await fetch(`${web.url}/api/auth/csrf`);
  const { csrfToken } = await csrf.json();
  const left = await fetch(`${web.url}/api/auth/signout`, {
    method: "POST",
    headers: {
      origin: "https://studio.example",
      cookie: [...nameAndValue(csrf), ...nameAndValue(first)].join("; "),
    },
    body: new URLSearchParams({ csrfToken, json: "true" }),
  });
  expect(left.status).toBe(200);
  const cleared = left.headers.getSetCookie();
  expect(cleared.some((cookie) => /session-token=;/.test(cookie))).toBe(true);
  expect(cleared.some((cookie) => cookie.startsWith(NAME))).toBe(false);

  for (const host of [1, 2, 3])
    for (let n = 0; n < 8; n++) expect((await signIn("wrong", `198.51.100.${host}`)).status).toBe(401);
  expect((await signIn(PASSWORD, "192.0.2.1")).status).toBe(401);
  const again = await signIn(PASSWORD, "192.0.2.1", device);
  expect(again.status).toBe(200);
  expect(nameAndValue(again)).toContain(device);
  expect((await signIn(PASSWORD, "192.0.2.1", `${device.slice(0, -2)}AA`)).status).toBe(401);
});
