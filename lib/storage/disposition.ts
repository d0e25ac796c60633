const LONGEST_NAME = 120;

/**
 * A Content-Disposition header that saves a file under its name: RFC 6266, with an ASCII fallback and the real
 * name encoded after RFC 5987.
 */
export function downloadDisposition(filename: string): string {
  const name = cleanName(filename);
  const fallback = name.replace(/[^\x20-\x7e]/g, "_").replace(/["\\%]/g, "_");
  return `attachment; filename="${fallback}"; filename*=UTF-8''${encodeExtended(name)}`;
}

/** A name without folders, control characters or what Windows refuses; never empty. */
function cleanName(filename: string): string {
  const name = filename
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "")
    .replace(/[/\\:*?"<>|]/g, "_")
    .replace(/^[. ]+/, "")
    .trim();
  return [...name].slice(0, LONGEST_NAME).join("") || "download";
}

/** encodeURIComponent leaves these four as they are; RFC 5987 does not allow them. */
function encodeExtended(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
