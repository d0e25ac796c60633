import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const EVERY_MS = 9_000;
const SHORTEST_MS = 1_000;

export type Disk = {
  /** What programs are told of it. */
  env: Record<string, string>;
  /** How often it was full. */
  fills(): number;
  stop(): void;
};

/**
 * The disk of the programs that load faults/disk.mjs: full for some seconds now and then while the storm lasts,
 * the media folder alone or all that they write.
 */
export function openDisk(home: string, roll: () => number, isStormy: () => boolean): Disk {
  const flag = `${home}.full`;
  let fills = 0;
  const timer = setInterval(() => {
    if (!isStormy()) return;
    fills += 1;
    writeFileSync(flag, roll() < 0.5 ? join(home, "media") : home);
    setTimeout(empty, SHORTEST_MS + roll() * 3_000).unref();
  }, EVERY_MS);
  const empty = () => rmSync(flag, { force: true });
  return {
    env: { CHAOS_DISK_FULL: flag },
    fills: () => fills,
    stop() {
      clearInterval(timer);
      empty();
    },
  };
}
