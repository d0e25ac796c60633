import { expect, it } from "vitest";
import { safePath } from "./next-path";

it.each([
  ["/w/studio/jobs?state=failed#x", "/w/studio/jobs?state=failed#x"],
  ["/", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/\t/evil.example", "/"],
  ["/..//evil.example", "/"],
  ["https://evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["", "/"],
  [undefined, "/"],
  [["/a", "/b"], "/"],
])("leads %j to %s", (path, safe) => {
  expect(safePath(path)).toBe(safe);
});
