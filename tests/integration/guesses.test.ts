import { describe, expect, it } from "vitest";
import { checkSetupCode, resetMember, resetPassword } from "@/lib/auth";
import { renewDevice } from "@/lib/auth/known-device";
import { openSession } from "@/lib/auth/sessions";
import { signInWithPassword } from "@/lib/auth/sign-in";
import { byAddress, byDevice, bySession, byStranger } from "@/lib/auth/throttle";
import { changePassword } from "@/lib/auth/users";
import { schema } from "@/lib/db";
import { makeUser, openAccounts, PASSWORD, spend } from "../support/accounts";
import { addTeam } from "../support/people";
import { setEnv } from "../support/studio";

const database = await openAccounts();
setEnv({
  AUTH_SECRET: "a secret of more than thirty-two characters",
  SETUP_CODE: "lantern-4711",
  HOST: "0.0.0.0",
});

const HOME = "192.0.2.1";
const STRANGER = "198.51.100.9";
/** What comes of signing in: `in`, or the code of the refusal. */
const enter = (email: string, password: string, address: string, device?: string) =>
  signInWithPassword({ email, password }, address, device).then(
    () => "in",
    ({ code }) => code,
  );
const tries = async (times: number, one: () => Promise<string>) => {
  const codes: string[] = [];
  for (let n = 0; n < times; n++) codes.push(await one());
  return codes;
};

describe("guesses at a password", () => {
  it("are few from one address, and no stranger there stands in the owner's way elsewhere", async () => {
    const { email } = await makeUser();
    expect(await tries(10, () => enter(email, "wrong", STRANGER))).toEqual([
      ...Array(8).fill("bad_input"),
      ...Array(2).fill("throttled"),
    ]);
    expect(await enter(email, PASSWORD, STRANGER)).toBe("throttled");
    expect(await enter(email, PASSWORD, HOME)).toBe("in");
  });

  it("are few from all addresses together, also at the same moment", async () => {
    const { email } = await makeUser();
    for (const n of [1, 2]) await spend(byStranger(email, `203.0.113.${n}`), 8);
    const many = Array.from({ length: 12 }, (_, n) => enter(email, "wrong", `192.0.2.${n}`));
    const codes = await Promise.all(many);
    expect(codes.filter((code) => code === "bad_input")).toHaveLength(8);
    expect(codes.filter((code) => code === "throttled")).toHaveLength(4);
    expect(await enter(email, PASSWORD, "192.0.2.99")).toBe("throttled");
  });

  it("are no fewer for an e-mail that nobody has", async () => {
    const codes = await tries(9, () => enter("ghost@example.com", "wrong", "192.0.2.7"));
    expect(codes).toEqual([...Array(8).fill("bad_input"), "throttled"]);
  });

  it("are few from one address, however many e-mails it tries, and nobody else's", async () => {
    const { email } = await makeUser();
    await spend([byAddress(STRANGER)], 40);
    expect(await enter(email, PASSWORD, STRANGER)).toBe("throttled");
    expect(await enter(email, PASSWORD, "198.51.100.10")).toBe("in");
  });

  it("are counted together from one /64 of IPv6", async () => {
    const { email } = await makeUser();
    for (let n = 1; n <= 8; n++) await spend(byStranger(email, `2001:db8:0:7::${n}`), 1);
    expect(await enter(email, PASSWORD, "2001:db8:0:7:ffff::1")).toBe("throttled");
    expect(await enter(email, PASSWORD, "2001:db8:0:8::1")).toBe("in");
  });

  it("are not forgotten because somebody signs in to an account of their own", async () => {
    const mine = await makeUser();
    await spend([byAddress(STRANGER)], 39);
    expect(await enter(mine.email, PASSWORD, STRANGER)).toBe("in");
    const { email } = await makeUser();
    expect(await tries(2, () => enter(email, "wrong", STRANGER))).toEqual(["bad_input", "throttled"]);
  });

  it("are not forgotten because the owner signs in meanwhile", async () => {
    const { email } = await makeUser();
    await spend(byStranger(email, HOME), 7);
    expect(await enter(email, PASSWORD, HOME)).toBe("in");
    expect(await tries(2, () => enter(email, "wrong", HOME))).toEqual(["bad_input", "throttled"]);
  });

  it("are let go after fifteen minutes by the database's clock", async () => {
    const { email } = await makeUser();
    await spend(byStranger(email, HOME), 8);
    expect(await enter(email, PASSWORD, HOME)).toBe("throttled");
    await database.sql`update sign_in_attempt set created_at = created_at - interval '16 minutes'`;
    expect(await enter(email, PASSWORD, HOME)).toBe("in");
    await database.sql`update sign_in_attempt set created_at = created_at - interval '24 hours'`;
    expect(await enter(email, PASSWORD, HOME)).toBe("in");
    expect(await database.db.select().from(schema.signInAttempt)).toEqual([]);
  });
});

describe("a browser that somebody has signed in with", () => {
  it("keeps working, whatever strangers do to the e-mail and to the address", async () => {
    const { id, email } = await makeUser();
    const device = renewDevice(undefined, id);
    for (const n of [1, 2, 3]) await spend(byStranger(email, `198.51.100.${n}`), 8);
    await spend([byAddress(HOME)], 40);
    expect(await enter(email, PASSWORD, HOME)).toBe("throttled");
    expect(await enter(email, PASSWORD, HOME, device)).toBe("in");
  });

  it("has a few guesses of its own, which cost no other browser any", async () => {
    const { id, email } = await makeUser();
    const [stolen, mine] = [renewDevice(undefined, id), renewDevice(undefined, id)];
    await spend(byDevice(id, stolen.split(".")[0] ?? ""), 7);
    const codes = await tries(2, () => enter(email, "wrong", STRANGER, stolen));
    expect(codes).toEqual(["bad_input", "throttled"]);
    expect(await enter(email, PASSWORD, HOME, stolen)).toBe("throttled");
    expect(await enter(email, PASSWORD, HOME, mine)).toBe("in");
    expect(await enter(email, PASSWORD, HOME)).toBe("in");
  });

  it("is one of those that have so many together: collecting cookies gives no more", async () => {
    const { id, email } = await makeUser();
    for (const n of [1, 2, 3]) await spend(byDevice(id, `device ${n}`), 8);
    expect(await enter(email, PASSWORD, HOME, renewDevice(undefined, id))).toBe("throttled");
  });

  it("is unknown with a cookie that is another's, changed, or of another secret", async () => {
    const { id, email } = await makeUser();
    const { id: other } = await makeUser();
    const good = renewDevice(undefined, id);
    const [deviceId, signature = ""] = good.split(".");
    const wrong = [
      renewDevice(undefined, other),
      `${deviceId}.${"A".repeat(43)}`,
      `${"A".repeat(43)}.${signature}`,
      good.slice(0, -1),
      deviceId ?? "",
      `${"x~".repeat(600)}${good}`,
      "",
    ];
    setEnv({ AUTH_SECRET: "another secret of more than thirty-two characters" });
    wrong.push(renewDevice(undefined, id));
    setEnv({ AUTH_SECRET: "a secret of more than thirty-two characters" });
    await spend(byStranger(email, HOME), 8);
    for (const cookie of wrong) expect(await enter(email, PASSWORD, HOME, cookie), cookie).toBe("throttled");
    expect(await enter(email, PASSWORD, HOME, good)).toBe("in");
  });

  it("is known to the last four who share it, each under one id", async () => {
    const people = [];
    for (let n = 0; n < 5; n++) people.push(await makeUser());
    let cookie: string | undefined;
    for (const { id } of people) cookie = renewDevice(cookie, id);
    const again = renewDevice(cookie, people[4]?.id ?? "");
    expect(again).toBe(cookie);
    const known = people.map(({ email }) => byStranger(email, HOME));
    for (const subjects of known) await spend(subjects.slice(0, 2), 8);
    const entered = [];
    for (const { email } of people) entered.push(await enter(email, PASSWORD, HOME, cookie));
    expect(entered).toEqual(["throttled", "in", "in", "in", "in"]);
  });
});

describe("guesses at the password of an account that is signed in to", () => {
  const change = (userId: string, session: string, current: string) =>
    changePassword(userId, session, { current, password: "another long password" }).then(
      () => "changed",
      ({ code }) => code,
    );

  it("are few for a session, and keep no other session from changing it", async () => {
    const { id } = await makeUser();
    const [stolen, mine] = [await openSession(id, null), await openSession(id, null)];
    await spend(bySession(id, stolen), 7);
    expect(await tries(2, () => change(id, stolen, "wrong"))).toEqual(["bad_input", "throttled"]);
    expect(await change(id, mine, PASSWORD)).toBe("changed");
    for (const n of [1, 2]) await spend(bySession(id, `ses_${n}`), 8);
    expect(await change(id, mine, "another long password")).toBe("throttled");
  });
});

describe("guesses at a link for a new password", () => {
  const open = (token: string, address: string) =>
    resetPassword({ token, password: PASSWORD }, address).then(
      () => "set",
      ({ code }) => code,
    );

  it("are limited, and stand in the way of no link that works", async () => {
    const team = await addTeam(database.db, "forgetful");
    const token = await resetMember(team.owner, team.editor.userId);
    const codes = await tries(41, () => open("guessed", HOME));
    expect(codes).toEqual([...Array(40).fill("not_found"), "throttled"]);
    expect(await open(token, HOME)).toBe("set");
  });

  it("cost nothing at the door where people sign in", async () => {
    const { email } = await makeUser();
    await tries(41, () => open("guessed", HOME));
    expect(await enter(email, PASSWORD, HOME)).toBe("in");
  });
});

describe("guesses at the setup code", () => {
  const from = (address: string) => new Headers({ "x-kinora-peer": address });
  const guess = (code: string, address: string) =>
    checkSetupCode(code, from(address)).then(
      () => "in",
      ({ code }) => code,
    );

  it("are few from one address, which keeps nobody else out", async () => {
    const codes = await tries(11, () => guess("guess", STRANGER));
    expect(codes).toEqual([...Array(10).fill("forbidden"), "throttled"]);
    expect(await guess("lantern-4711", STRANGER)).toBe("throttled");
    expect(await guess("lantern-4711", HOME)).toBe("in");
    const { email } = await makeUser();
    expect(await enter(email, PASSWORD, STRANGER)).toBe("in");
  });

  it("are counted together from one /64 of IPv6", async () => {
    let n = 0;
    await tries(10, () => guess("guess", `2001:db8::${++n}`));
    expect(await guess("lantern-4711", "2001:db8::ffff")).toBe("throttled");
    expect(await guess("lantern-4711", "2001:db8:0:1::1")).toBe("in");
  });
});
