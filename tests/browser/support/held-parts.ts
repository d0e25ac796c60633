import { randomBytes } from "node:crypto";
import { appendFile, stat } from "node:fs/promises";
import type { Page, Route } from "@playwright/test";
import { paintRow } from "./library";

const PART_BYTES = 2 * 1024 * 1024;
const PART = /\/uploads\/up_\w+\/parts\/(\d+)$/;

/** A picture of six parts, 10.5 MB: what follows its end nobody looks at. */
export async function paintLarge(folder: string, name: string): Promise<string> {
  const [path = ""] = await paintRow(folder, name, 1);
  const { size } = await stat(path);
  await appendFile(path, randomBytes(5 * PART_BYTES + 1_000 - size));
  return path;
}

export type HeldParts = {
  /** The numbers of the parts that the page began to send since this was last asked, each once. */
  takeBegun(): number[];
  letGo(): Promise<void>;
};

/** Lets the first two parts of every upload through, and keeps the others back until they are let go. */
export async function holdParts(page: Page): Promise<HeldParts> {
  const held: Route[] = [];
  let begun = new Set<number>();
  let isFree = false;
  await page.unroute(PART);
  await page.route(PART, async (route) => {
    const number = Number(PART.exec(route.request().url())?.[1]);
    begun.add(number);
    if (number > 2 && !isFree) held.push(route);
    else await route.continue();
  });
  return {
    takeBegun: () => {
      const numbers = [...begun].sort((a, b) => a - b);
      begun = new Set();
      return numbers;
    },
    letGo: async () => {
      isFree = true;
      for (const route of held.splice(0)) await route.continue();
    },
  };
}

type Kept = { name: string; id: string | null; file: File | null };

/** Whether the browser keeps an upload of that name with a copy of its file; on request, it then loses the copy. */
export const isKept = (page: Page, name: string, { loseCopy = false } = {}): Promise<boolean> =>
  page.evaluate(
    async ([wanted, lose]) => {
      const settle = <T>(asking: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          asking.onsuccess = () => resolve(asking.result);
          asking.onerror = () => reject(asking.error);
        });
      const database = await settle(indexedDB.open("kinora-uploads", 1));
      const store = database.transaction("uploads", "readwrite").objectStore("uploads");
      const all: Kept[] = await settle(store.getAll());
      const found = all.find((kept) => kept.name === wanted && kept.id !== null && kept.file !== null);
      if (found && lose) await settle(store.put({ ...found, file: null }));
      database.close();
      return found !== undefined;
    },
    [name, loseCopy] as const,
  );
