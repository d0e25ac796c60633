import { chmod, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A new empty folder for a studio of its own. Others may walk through it: as root, Postgres runs under another
 * account, and from a folder that is closed to that one its data would go to /var/lib/kinora and stay there.
 */
export async function temporaryHome(name: string): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), `kinora-${name}-`));
  await chmod(home, 0o711);
  return home;
}
