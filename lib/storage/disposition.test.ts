import { expect, it } from "vitest";
import { downloadDisposition } from "./disposition";

it.each([
  ["still-1.png", `attachment; filename="still-1.png"; filename*=UTF-8''still-1.png`],
  ["été 100%.jpg", `attachment; filename="_t_ 100_.jpg"; filename*=UTF-8''%C3%A9t%C3%A9%20100%25.jpg`],
  ["a'b(c)*.png", `attachment; filename="a'b(c)_.png"; filename*=UTF-8''a%27b%28c%29_.png`],
  ["../../etc/passwd", `attachment; filename="_.._etc_passwd"; filename*=UTF-8''_.._etc_passwd`],
  [
    'x"\r\nSet-Cookie: a=b',
    `attachment; filename="x_Set-Cookie_ a=b"; filename*=UTF-8''x_Set-Cookie_%20a%3Db`,
  ],
  ["gnp.\u202eexe", `attachment; filename="gnp.exe"; filename*=UTF-8''gnp.exe`],
  ["🎬.mp4", `attachment; filename="__.mp4"; filename*=UTF-8''%F0%9F%8E%AC.mp4`],
  ["\ud83c", `attachment; filename="download"; filename*=UTF-8''download`],
  ["👨‍👩‍👧.mp4", `attachment; filename="________.mp4"; filename*=UTF-8''${encodeURIComponent("👨‍👩‍👧")}.mp4`],
  ["nul.txt", `attachment; filename="_nul.txt"; filename*=UTF-8''_nul.txt`],
  ["...", `attachment; filename="download"; filename*=UTF-8''download`],
])("names the download of %j", (name, header) => {
  expect(downloadDisposition(name)).toBe(header);
});

it("cuts endless names between characters, before their ending", () => {
  const name = `${"🎬".repeat(500)}.mp4`;
  expect(downloadDisposition(name)).toContain(`UTF-8''${encodeURIComponent("🎬".repeat(61))}.mp4`);
});
