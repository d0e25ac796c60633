import { describe, expect, it } from "vitest";
import { readDatabaseUrl, sslModeOf } from "./database-url";

const login = (url: string) => {
  const { user, password, hosts, database } = readDatabaseUrl(url);
  return [user, password, hosts[0], database];
};

describe("DATABASE_URL", () => {
  it.each([
    "p@ss",
    "p:ss",
    "p/ss",
    "p#ss",
    "p?ss",
    "p%ss",
    "100%sure",
    "p%zzss",
    "a@b:c/d#e?f%g",
    "12/34@x",
    "1#2",
    "[x]",
    "a b",
    "@",
    "p&q=r",
    "p?x=1",
    "ünï",
    "a\\b",
    "p@h/db?x",
  ])("takes the password %s as it is", (password) => {
    expect(login(`postgres://kinora:${password}@db.example:5433/studio`)).toEqual([
      "kinora",
      password,
      "db.example",
      "studio",
    ]);
    expect(login(`postgresql://kinora:${password}@db.example/studio?sslmode=require`)).toEqual([
      "kinora",
      password,
      "db.example",
      "studio",
    ]);
    const encoded = encodeURIComponent(password);
    expect(login(`postgres://kinora:${encoded}@db.example/studio`)).toEqual([
      "kinora",
      password,
      "db.example",
      "studio",
    ]);
  });

  it.each([
    ["postgres://db.example/studio", [undefined, undefined, "db.example", "studio"]],
    ["postgres://me@db.example", ["me", undefined, "db.example", undefined]],
    ["postgres://me@server:pw@db.example/x", ["me@server", "pw", "db.example", "x"]],
    ["POSTGRES://me:pw@DB.example/x", ["me", "pw", "DB.example", "x"]],
    ["postgres://me:pw@db.example/x?application_name=a@b", ["me", "pw", "db.example", "x"]],
    ["postgres://db.example/x?user=a%40b&password=p%23w", ["a@b", "p#w", "db.example", "x"]],
    ["postgres://me:pw@[::1]:5433/x", ["me", "pw", "::1", "x"]],
    ["postgres://me:pw@xn--mller-kva.example./x", ["me", "pw", "xn--mller-kva.example.", "x"]],
    ["postgres://me:@db.example/x", ["me", "", "db.example", "x"]],
  ])("%s is read", (url, parts) => expect(login(url)).toEqual(parts));

  it("knows several hosts, and sockets", () => {
    expect(readDatabaseUrl("postgres://u:p@a:1,b,[::2]:3/x?target_session_attrs=read-write")).toMatchObject({
      hosts: ["a", "b", "::2"],
      ports: [1, 5432, 3],
      parameters: { target_session_attrs: "read-write" },
    });
    const folder = { hosts: [], socketFolder: "/var/run/postgresql", database: "x" };
    expect(readDatabaseUrl("postgres://u:p@%2Fvar%2Frun%2Fpostgresql/x")).toMatchObject(folder);
    expect(readDatabaseUrl("postgres:///x?host=/var/run/postgresql")).toMatchObject(folder);
    expect(readDatabaseUrl("postgres://u:p@/x?host=/cloudsql/a:b:c")).toMatchObject({
      socketFolder: "/cloudsql/a:b:c",
    });
  });

  it.each([
    ["sslmode=disable", "off"],
    ["sslmode=prefer", "prefer"],
    ["sslmode=require", "encrypt"],
    ["sslmode=no-verify", "encrypt"],
    ["ssl=true", "encrypt"],
    ["sslmode=verify-ca", "verify-ca"],
    ["sslmode=VERIFY-FULL", "verify-full"],
    ["sslmode=require&sslaccept=strict", "verify-full"],
    ["sslrootcert=system", "verify-full"],
    ["pgbouncer=true", undefined],
  ])("?%s means %s", (query, mode) => {
    expect(sslModeOf(readDatabaseUrl(`postgres://h/x?${query}`).parameters)).toBe(mode);
  });

  it.each([
    ["mysql://u:canary@h/x", /postgres:\/\//],
    ["jdbc:postgresql://h/x", /jdbc/],
    ["postgresql+asyncpg://u:canary@h/x", /driver/],
    ["host=h user=u password=canary", /list/],
    ["postgres://u:canary@h:99999/x", /65535/],
    ["postgres://u:canary@h/x?sslmode=maybe", /sslmode/],
    ["postgres://u:canary@h/x?schema=studio", /public/],
    ["postgres://u:canary@h/x?options=-c%20search_path%3Dstudio", /public/],
    ["postgres://u:canary@h/x y/z", /%40/],
  ])("%s is refused with the way to mend it", (url, said) => {
    expect(() => readDatabaseUrl(url)).toThrow(said);
    expect(() => readDatabaseUrl(url)).not.toThrow(/canary/);
  });

  it("takes public for the schema that it is", () => {
    expect(readDatabaseUrl("postgres://h/x?schema=public").hosts).toEqual(["h"]);
  });
});
