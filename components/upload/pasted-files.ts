const MEDIA =
  /\.(png|jpe?g|jfif|webp|gif|avif|heic|bmp|tiff?|mp4|m4v|mov|webm|mkv|mp3|wav|flac|m4a|ogg|opus|aac)$/i;

/**
 * The files that a paste means; none where its text is meant. File managers put the names of copied files beside them,
 * browsers the address of a copied picture; office programs put a picture of the text beside the text.
 */
export function pastedFiles(data: DataTransfer): File[] {
  const files = [...data.files];
  if (files.length === 0 || data.types.includes("text/rtf")) return [];
  const text = data.getData("text/plain").trim();
  if (text !== "" && !namesFiles(text, files)) return [];
  return files.map(withName);
}

/** Whether every line is the name, path or address of a file. */
function namesFiles(text: string, files: File[]): boolean {
  const names = new Set(files.flatMap(({ name }) => [toName(name), toStem(toName(name))]));
  // Some desktops begin with a line of their own, and with what is to be done.
  const lines = text.split(/[\r\n]+/).filter((line) => !/^(x-special\/[\w-]+|copy|cut|\s*)$/.test(line));
  return lines.every((line) => {
    const name = toName(line);
    return names.has(name) || (line.length < 1_000 && MEDIA.test(name));
  });
}

/** The last part of a path or address, as people read it. */
function toName(line: string): string {
  const last =
    line
      .trim()
      .replace(/[?#].*$/, "")
      .split(/[/\\]/)
      .at(-1) ?? "";
  try {
    return decodeURIComponent(last).normalize("NFC");
  } catch {
    // A percent sign that is part of the name.
    return last.normalize("NFC");
  }
}

function toStem(name: string): string {
  return name.replace(/\.[^.]+$/, "");
}

/** Every pasted picture is called image.png; the time tells them apart. */
function withName(file: File): File {
  if (!/^image\.\w+$/.test(file.name)) return file;
  const stamp = new Date().toISOString().slice(0, 19).replace("T", " ").replaceAll(":", ".");
  return new File([file], file.name.replace("image", `Pasted ${stamp}`), { type: file.type });
}
