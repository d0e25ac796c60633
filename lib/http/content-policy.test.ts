import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, it } from "vitest";
import { FILE_POLICY, pagePolicy, SONNER_STYLES } from "./content-policy";

const facts = { nonce: "abc", mediaSources: [], isTls: false, isDevelopment: false };

/** The sources of a directive, in each of the policies that have it. */
function sourcesOf(policies: string, directive: string): string[] {
  return policies
    .split(", ")
    .flatMap((policy) => policy.split("; "))
    .filter((part) => part === directive || part.startsWith(`${directive} `))
    .map((part) => part.slice(directive.length + 1));
}

it("lets scripts run by nonce alone, and be added from this server alone", () => {
  expect(sourcesOf(pagePolicy(facts), "script-src")).toEqual([
    "'nonce-abc' 'strict-dynamic'",
    "'self' 'nonce-abc'",
  ]);
  const built = pagePolicy(facts).replace("style-src-attr 'unsafe-inline'", "");
  expect(built).not.toMatch(/unsafe|\*|https?:/);
});

it("lets the development server compile at run time, and nothing else", () => {
  const development = pagePolicy({ ...facts, isDevelopment: true });
  for (const sources of sourcesOf(development, "script-src")) {
    expect(sources).toContain("'unsafe-eval'");
    expect(sources).not.toContain("'unsafe-inline'");
  }
});

it("names where media come from, for showing, fetching and sending", () => {
  const mediaSources = ["https://media.s3.eu-west-1.amazonaws.com/", "https://cdn.example/"];
  const policy = pagePolicy({ ...facts, mediaSources });
  for (const directive of ["img-src", "media-src", "connect-src"]) {
    expect(sourcesOf(policy, directive)).toEqual([expect.stringContaining(mediaSources.join(" "))]);
  }
  for (const directive of ["script-src", "style-src", "font-src", "form-action"]) {
    expect(sourcesOf(policy, directive).join()).not.toContain("https:");
  }
});

it.each([[true], [false]])("asks for TLS everywhere where the page came by it: %s", (isTls) => {
  expect(sourcesOf(pagePolicy({ ...facts, isTls }), "upgrade-insecure-requests")).toHaveLength(isTls ? 1 : 0);
});

it("runs nothing in what is no page", () => {
  expect(sourcesOf(FILE_POLICY, "default-src")).toEqual(["'none'"]);
  expect(sourcesOf(FILE_POLICY, "sandbox").join()).not.toMatch(/scripts|forms|popups|top-navigation/);
});

it("lets in the style that this version of sonner adds, before and after it has its text", () => {
  const folder = join(createRequire(import.meta.url).resolve("sonner"), "..");
  const [, literal = ""] =
    /__insertCSS\(("(?:[^"\\]|\\.)*")\)/.exec(readFileSync(join(folder, "index.mjs"), "utf8")) ?? [];
  const hashes = ["", JSON.parse(literal)].map((text: string) => {
    return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  });
  expect(SONNER_STYLES).toEqual(hashes);
});
