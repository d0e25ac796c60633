import { DrizzleQueryError } from "drizzle-orm";
import { afterEach, expect, it, vi } from "vitest";
import { describeError, quietConsole } from "./log";
import { scrub } from "./scrub";

const PROMPT = 'a "lighthouse"\nin canary rain';
afterEach(() => vi.restoreAllMocks());

/** As the driver throws it where it is told to debug: everything that it knows, for all to see. */
function queryError(message: string) {
  const refused = Object.assign(new Error(message), {
    name: "PostgresError",
    code: "22P02",
    detail: `Failing row contains (job_1, ${PROMPT}).`,
    where: `unnamed portal parameter $1 = '${PROMPT}'`,
    query: `insert into job values ('${PROMPT}')`,
    parameters: [PROMPT],
    args: [[PROMPT]],
    constraint_name: "job_title",
  });
  return new DrizzleQueryError("insert into job values ($1)", [PROMPT, { deep: [PROMPT] }], refused);
}

it.each([
  "null value in column",
  `invalid input syntax for type json: "${PROMPT}"`,
  `invalid input value for enum kind: "${PROMPT}"`,
  `malformed array literal: "${PROMPT}"`,
  `date/time field value out of range: "${PROMPT}"`,
  `Failing row contains (${PROMPT}).`,
  `Key (prompt)=(${PROMPT}) already exists.`,
])("no prompt is logged with a database's error: %s", (message) => {
  const outer = new Error("the order could not be kept", { cause: queryError(message) });
  for (const thrown of [outer, new AggregateError([outer], "several")]) {
    const line = scrub(JSON.stringify({ err: describeError(thrown) }));
    expect(line).not.toContain("canary");
    expect(JSON.parse(line)).toMatchObject({ err: { stack: expect.stringContaining("log.test") } });
  }
  expect(scrub(`${queryError(message).stack}\n${message}`)).not.toContain("canary");
  expect(scrub(JSON.stringify(describeError(outer)))).toContain("job_title");
});

it("nor printed by a framework", () => {
  const terminal = globalThis.console;
  const { error, warn } = terminal;
  const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  try {
    quietConsole();
    terminal.error("⨯", queryError(`invalid input syntax for type json: "${PROMPT}"`));
    terminal.warn("plain words");
  } finally {
    Object.assign(terminal, { error, warn });
  }
  const text = written.mock.calls.map(([chunk]) => String(chunk)).join("");
  expect(text).not.toContain("canary");
  expect(text).toContain("⨯");
  expect(text).toContain("plain words");
});
