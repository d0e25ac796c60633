import { cleanFileName } from "@/lib/text";

/**
 * A Content-Disposition header that saves a file under its name: RFC 6266, with an ASCII fallback and the real
 * name encoded after RFC 5987.
 */
export function downloadDisposition(filename: string): string {
  const name = cleanName(filename);
  const fallback = name.replace(/[^\x20-\x7e]/g, "_").replace(/["\\%]/g, "_");
  return `attachment; filename="${fallback}"; filename*=UTF-8''${encodeExtended(name)}`;
}

/** A name without what Windows refuses or keeps for devices; never empty. */
function cleanName(filename: string): string {
  const name = cleanFileName(filename.replace(/[/\\:*?"<>|]/g, "_"), 120).replace(/^[. ]+|[. ]+$/g, "");
  return name.replace(/^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i, "_$1") || "download";
}

/** encodeURIComponent leaves these four as they are; RFC 5987 does not allow them. */
function encodeExtended(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
