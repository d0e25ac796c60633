import type { AssetView } from "@/lib/assets/schema";

/** What the library takes in. The server looks at the bytes; this only spares a long way to a refusal. */
const TYPES: Record<AssetView["kind"], { mime: RegExp; endings: string[]; words: string }> = {
  picture: {
    mime: /^image\/(png|jpeg|webp|gif|avif)$/,
    endings: [".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif"],
    words: "PNG, JPEG, WebP, GIF or AVIF",
  },
  video: {
    mime: /^video\/(mp4|quicktime|webm|x-m4v)$/,
    endings: [".mp4", ".mov", ".m4v", ".webm"],
    words: "MP4, MOV or WebM",
  },
  audio: {
    mime: /^audio\//,
    endings: [".mp3", ".wav", ".flac", ".m4a", ".ogg", ".opus"],
    words: "MP3, WAV, FLAC, M4A or OGG",
  },
};

/** The `accept` attribute of a file field. Phones offer the camera for it. */
export function acceptOf(kind?: AssetView["kind"]): string {
  const wildcard = { picture: "image/*", video: "video/*", audio: "audio/*" };
  const kinds = kind ? [kind] : (["picture", "video", "audio"] as const);
  return kinds.flatMap((each) => [wildcard[each], ...TYPES[each].endings]).join(",");
}

/** Why a file cannot be taken, as far as a browser can tell; null when nothing speaks against it. */
export function checkFile(file: File, kind?: AssetView["kind"]): { message: string; action: string } | null {
  if (file.size === 0) return { message: "This file is empty.", action: "Choose another one." };
  const kinds = kind ? [TYPES[kind]] : Object.values(TYPES);
  const ending = /\.[^.]+$/.exec(file.name)?.[0].toLowerCase() ?? "";
  const fits = kinds.some(({ mime, endings }) => mime.test(file.type) || endings.includes(ending));
  // A camera's file may come without a name or type: the server will tell.
  if (fits || (file.type === "" && ending === "")) return null;
  const words = kind ? TYPES[kind].words : "Pictures, films and sound";
  return {
    message: `This ${ending ? `${ending.slice(1).toUpperCase()} file` : "file"} cannot be used here.`,
    action: kind
      ? `Choose ${words}.`
      : `${words} can be added: ${TYPES.picture.words}; MP4, MOV, WebM; MP3, WAV and others.`,
  };
}
