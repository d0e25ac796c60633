/** What this browser remembers of an upload, so that a reload or a crash does not end it. */
export type KeptUpload = {
  key: string;
  userId: string;
  slug: string;
  /** What Kinora calls it; null until it was announced. */
  id: string | null;
  name: string;
  bytes: number;
  lastModified: number;
  fingerprint: string;
  /** Which place on a page waits for it, if one does. */
  place: string | null;
  paused: boolean;
  /** A copy, where there is room for one: then it goes on by itself. */
  file: File | null;
  addedAt: number;
};

const NAME = "kinora-uploads";
const STORE = "uploads";
const KEPT_MS = 7 * 86_400_000;
/** Copies of files never take more of what this browser still has for us. */
const SHARE_OF_ROOM = 0.4;

/** Keeps an upload; without the copy of its file where that does not fit. Without storage, nothing is kept. */
export async function keepUpload(kept: KeptUpload): Promise<void> {
  const file = kept.file && (await hasRoom(kept.file.size)) ? kept.file : null;
  await write((store) => store.put({ ...kept, file })).catch(() =>
    // Full after all: what is left of it still finds the upload when the file is chosen again.
    write((store) => store.put({ ...kept, file: null })).catch(ignore),
  );
}

export async function changeKept(key: string, part: Partial<KeptUpload>): Promise<void> {
  await write((store) => {
    const reading = store.get(key);
    reading.onsuccess = () => reading.result && store.put({ ...reading.result, ...part });
  }).catch(ignore);
}

export async function forgetKept(keys: string[]): Promise<void> {
  await write((store) => {
    for (const key of keys) store.delete(key);
  }).catch(ignore);
}

/** What is kept for a person, oldest first. What belongs to others, or is over, is forgotten. */
export async function listKept(userId: string): Promise<KeptUpload[]> {
  const all = await readAll().catch(() => []);
  const isMine = (kept: KeptUpload) => kept.userId === userId && Date.now() - kept.addedAt < KEPT_MS;
  const others = all.filter((kept) => !isMine(kept));
  if (others.length > 0) await forgetKept(others.map(({ key }) => key));
  return all.filter(isMine).sort((a, b) => a.addedAt - b.addedAt);
}

async function hasRoom(bytes: number): Promise<boolean> {
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate().catch(() => null)) ?? {};
  return bytes < (quota - usage) * SHARE_OF_ROOM;
}

async function readAll(): Promise<KeptUpload[]> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const reading = database.transaction(STORE).objectStore(STORE).getAll();
      reading.onsuccess = () => resolve(reading.result);
      reading.onerror = () => reject(reading.error);
    });
  } finally {
    database.close();
  }
}

async function write(change: (store: IDBObjectStore) => void): Promise<void> {
  const database = await open();
  try {
    await new Promise<void>((resolve, reject) => {
      const transaction = database.transaction(STORE, "readwrite");
      transaction.oncomplete = () => resolve();
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
      change(transaction.objectStore(STORE));
    });
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "key" });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

function ignore(): void {
  // Storage switched off: uploads work, they only do not outlive a reload.
}
