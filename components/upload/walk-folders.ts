import { checkFile } from "./accept";

/** More at once are an archive, not a library. */
export const MOST_FILES = 500;
const DEEPEST = 20;

export type Dropped = {
  files: File[];
  /** Files in folders that are no pictures, films or sound. */
  leftOut: number;
  /** There were more than may be added at once. */
  tooMany: boolean;
};

/** Whether folders are among what was dropped. To be asked at once: after the event, nothing can be read of it. */
export function entriesOf(data: DataTransfer): FileSystemEntry[] {
  return [...data.items].map((item) => item.webkitGetAsEntry?.() ?? null).filter((entry) => entry !== null);
}

/** All files among dropped entries, those inside folders as well, folder by folder. */
export async function walkFolders(entries: FileSystemEntry[]): Promise<Dropped> {
  const dropped: Dropped = { files: [], leftOut: 0, tooMany: false };
  const walk = async (entry: FileSystemEntry, depth: number): Promise<void> => {
    if (dropped.tooMany || depth > DEEPEST || isHidden(entry.name)) return;
    if (isDirectory(entry)) {
      for await (const child of childrenOf(entry)) await walk(child, depth + 1);
      return;
    }
    const file = await fileOf(entry as FileSystemFileEntry);
    if (depth > 0 && checkFile(file) !== null) dropped.leftOut += 1;
    else if (dropped.files.length >= MOST_FILES) dropped.tooMany = true;
    else dropped.files.push(file);
  };
  for (const entry of entries) await walk(entry, 0);
  return dropped;
}

/** What systems put into folders for themselves. */
function isHidden(name: string): boolean {
  return name.startsWith(".") || /^(thumbs\.db|desktop\.ini|__MACOSX)$/i.test(name);
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** A reader gives some hundred at a time, and then an empty list. */
async function* childrenOf(folder: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry> {
  const reader = folder.createReader();
  while (true) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return;
    yield* some.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
