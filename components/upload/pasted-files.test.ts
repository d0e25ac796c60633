import { expect, it } from "vitest";
import { pastedFiles } from "./pasted-files";

function clipboard(name: string, text: string, ...types: string[]): DataTransfer {
  const files = [new File(["x"], name, { type: "image/png" })];
  return { files, types: ["Files", "text/plain", ...types], getData: () => text } as unknown as DataTransfer;
}

it.each([
  ["boat.png", ""],
  ["boat.png", "boat.png"],
  ["boat.png", "boat"],
  ["boat.png", "/home/lena/Pictures/boat.png"],
  ["Ein Boot.png", "file:///home/lena/Ein%20Boot.png\r\n"],
  ["boat.png", "x-special/nautilus-clipboard\ncopy\nfile:///home/lena/boat.png\n"],
  ["boat.png", "C:\\Users\\Lena\\boat.png"],
  ["100% boat.png", "100% boat.png"],
  ["image.png", "IMG_2041.HEIC"],
  ["image.png", "https://example.com/pictures/boat.webp?width=600"],
  ["Füße.png", "Füße.png".normalize("NFD")],
])("takes %s beside the text %j", (name, text) => {
  expect(pastedFiles(clipboard(name, text))).toHaveLength(1);
});

it.each([
  ["image.png", "Quarter\tRevenue\n1\t200"],
  ["image.png", "Make it look like boat.png, but at night"],
  ["image.png", "See https://example.com"],
])("leaves the text alone that an office program put a picture of beside: %s, %j", (name, text) => {
  expect(pastedFiles(clipboard(name, text))).toEqual([]);
});

it("takes text with its layout for text, whatever it says", () => {
  expect(pastedFiles(clipboard("image.png", "boat.png", "text/rtf"))).toEqual([]);
});
