import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import sharp from "sharp";

type Picture = { name: string; mimeType: string; buffer: Buffer };

/** A picture as a file field takes it. Noise makes it large: it takes its time on the wire. */
export async function paintPicture(
  name: string,
  width: number,
  height: number,
  { noise = false } = {},
): Promise<Picture> {
  const pixels = noise ? randomBytes(width * height * 3) : Buffer.alloc(width * height * 3, 120);
  const buffer = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  return { name, mimeType: "image/png", buffer };
}

/** A web page that calls itself a picture. */
export const HTML_AS_PNG: Picture = {
  name: "fake.png",
  mimeType: "image/png",
  buffer: Buffer.from("<!doctype html><script>alert(1)</script>"),
};

/** Drags a picture over the page, drops it there, or pastes it. */
export async function dropPicture(page: Page, type: "dragenter" | "drop" | "paste"): Promise<void> {
  await page.evaluate((kind) => {
    const data = new DataTransfer();
    const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 200 });
    canvas.getContext("2d")?.fillRect(0, 0, 100, 100);
    const base64 = canvas.toDataURL("image/png").split(",")[1] ?? "";
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    data.items.add(new File([bytes], "dropped.png", { type: "image/png" }));
    const how = { bubbles: true, cancelable: true };
    const event =
      kind === "paste"
        ? new ClipboardEvent("paste", { clipboardData: data, ...how })
        : new DragEvent(kind, { dataTransfer: data, ...how });
    document.body.dispatchEvent(event);
  }, type);
}
