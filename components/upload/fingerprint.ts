const LOOKED_AT_BYTES = 65_536;

/**
 * Tells a file chosen again from another of the same name: its length, when it was changed, and a hash of both of its
 * ends (FNV-1a, 32 bit). For resuming one's own uploads, not against anybody.
 */
export async function fingerprint(file: File): Promise<string> {
  const ends = [file.slice(0, LOOKED_AT_BYTES), file.slice(-LOOKED_AT_BYTES)];
  let hash = 0x811c9dc5;
  for (const end of ends) {
    for (const byte of new Uint8Array(await end.arrayBuffer())) {
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
  }
  return `${file.size}-${file.lastModified}-${(hash >>> 0).toString(16)}`;
}
