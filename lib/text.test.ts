import { describe, expect, it } from "vitest";
import {
  cleanFileName,
  cleanLine,
  cleanText,
  countCharacters,
  cutText,
  idOf,
  line,
  prose,
  word,
} from "./text";

const FAMILY = "👨‍👩‍👧‍👦";
const KSHA = "क्‍ष";
const bytes = (text: string) => Buffer.byteLength(text);

describe("text from outside", () => {
  it.each([
    ["a\0b", "ab"],
    ["a\ud800b", "a\ufffdb"],
    ["\udc00", "\ufffd"],
    ["\u0007bell\u001b[31m", "bell[31m"],
    ["  two\n\tlines \n", "two\n\tlines"],
    ["\u200b\ufeff a \u2060", "a"],
    [" \u200b\u200d\u2060\ufeff\u00ad ", ""],
    ["\u3164\u115f\u2800", ""],
    ["\u202e\u2066", ""],
    ["\u{e0041}\ufe0f", ""],
    [FAMILY, FAMILY],
    [KSHA, KSHA],
    ["می‌خواهم", "می‌خواهم"],
    ["🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"],
  ])("%j is kept as %j", (text, kept) => expect(cleanText(text)).toBe(kept));

  it.each([
    ["two\r\n  lines", "two lines"],
    ["invoice\u202egpj.exe", "invoicegpj.exe"],
    ["\u2067a\u2069", "a"],
    ["e\u0301", "é"],
    ["a\u2028b\u0085c", "a bc"],
    ["שלום\u200f!", "שלום\u200f!"],
  ])("as a title, %j is kept as %j", (text, kept) => expect(cleanLine(text)).toBe(kept));

  it("is cut between what people see as characters", () => {
    expect(cutText(FAMILY.repeat(5), 3)).toBe(FAMILY.repeat(3));
    expect(cutText(FAMILY.repeat(5), 3, "…")).toBe(`${FAMILY.repeat(2)}…`);
    expect(cutText(KSHA.repeat(9), 4)).toBe(KSHA.repeat(4));
    expect(cutText("🇩🇪🇫🇷🇮🇹", 2)).toBe("🇩🇪🇫🇷");
    expect(cutText("short", 10, "…")).toBe("short");
    expect(cutText("five5", 5, "…")).toBe("five5");
    const zalgo = `z${"\u0335".repeat(50_000)}`;
    expect(bytes(cutText(zalgo.repeat(2), 10, "…"))).toBeLessThan(2_010);
    expect(cutText(zalgo, 10).startsWith("z")).toBe(true);
    expect(bytes(cutText("👍".repeat(500), 100, "", 40))).toBe(40);
  });

  // What takes quadratic time needs minutes for these.
  it("is read in linear time", { timeout: 30_000 }, () => {
    for (const text of [" ".repeat(400_000), `a${" ".repeat(400_000)}b`, "\u200b".repeat(400_000)]) {
      expect(cleanText(text).length).toBeLessThanOrEqual(text.length);
      expect(cleanLine(text).length).toBeLessThanOrEqual(3);
      expect(cleanFileName(text).length).toBeLessThanOrEqual(3);
      expect(cutText(text, 100).length).toBeLessThanOrEqual(100);
    }
  });
});

describe("a file name", () => {
  it.each([
    ["C:\\fakepath\\photo.jpg", "photo.jpg"],
    ["../../etc/passwd", "passwd"],
    [`${FAMILY}.png`, `${FAMILY}.png`],
    ["photo\u202egpj.exe", "photogpj.exe"],
    ["a\nb\0c\ud800.mp4", "abc.mp4"],
    ["\u200b", ""],
    [".env", ".env"],
    ["café.PNG", "café.PNG"],
  ])("%j is kept as %j", (name, kept) => expect(cleanFileName(name)).toBe(kept));

  it.each([`${FAMILY.repeat(300)}.jpeg`, `${"长".repeat(300)}.webp`, `${KSHA.repeat(400)}.mp4`])(
    "that is too long keeps its ending and whole characters",
    (name) => {
      const kept = cleanFileName(name);
      expect(kept).toMatch(/\.(jpeg|webp|mp4)$/);
      expect(bytes(kept)).toBeLessThanOrEqual(255);
      const stem = kept.slice(0, kept.lastIndexOf("."));
      expect(name.startsWith(stem)).toBe(true);
      expect(countCharacters(stem + name.slice(stem.length))).toBe(
        countCharacters(stem) + countCharacters(name.slice(stem.length)),
      );
    },
  );
});

describe("a form's field", () => {
  const name = line({ max: 5, empty: "Give it a name." });
  it("counts as people count, and bounds bytes", () => {
    expect(name.parse(FAMILY.repeat(5))).toBe(FAMILY.repeat(5));
    expect(name.safeParse(FAMILY.repeat(6)).error?.issues[0]?.message).toBe("At most 5 characters.");
    expect(name.safeParse(`z${"\u0335".repeat(3_000)}`).success).toBe(false);
    expect(name.safeParse("\u200b \u200d").error?.issues[0]?.message).toBe("Give it a name.");
    expect(prose({ max: 5 }).parse("\u200b \u200d")).toBe("");
  });

  it("refuses a word that is not ours", () => {
    expect(word(20).parse("draft:storyboard")).toBe("draft:storyboard");
    for (const odd of ["a\0", "a\ud800", "", " a"]) expect(word(20).safeParse(odd).success).toBe(false);
    expect(idOf("job").parse("job_01k5x")).toBe("job_01k5x");
    for (const odd of ["job_", "job_\0", "gen_1", "job_a\n"])
      expect(idOf("job").safeParse(odd).success).toBe(false);
  });
});
