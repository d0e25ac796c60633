import { mkdir, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { isAlive, startPostgres } from "@/lib/embedded/postgres";
import { AppError } from "@/lib/errors";
import { readRunning } from "../start/running";

/** What makes a folder somebody's studio; logs and the like do not. */
const OWN = /^(secrets\.json|media|spool|postgres-\d+.*)$/;

/**
 * Sees that nothing is overwritten. With `replace` the studio that is there is moved into a folder beside, within the
 * same home (which may be a mounted volume), and kept.
 */
export async function vacateHome(home: string, replace: boolean, takenAt: Date): Promise<string | undefined> {
  const found = (await readdir(home)).filter((name) => OWN.test(name));
  if (found.length === 0) return undefined;
  if (!replace) {
    throw new AppError("conflict", `There is a studio in ${home} already.`, {
      action:
        "Choose another folder with KINORA_HOME, or add --replace: what is there is moved aside and kept.",
    });
  }
  await refuseRunning(home);
  const aside = join(home, `before-restore-${takenAt.toISOString().replace(/[:.]/g, "-")}`);
  await mkdir(aside, { mode: 0o700 });
  for (const name of found) await rename(join(home, name), join(aside, name));
  return aside;
}

/** A server that was left behind by a killed Kinora is ended; one that somebody uses is not. */
async function refuseRunning(home: string): Promise<void> {
  const running = await readRunning(home);
  const postgres = await startPostgres({ home });
  await postgres.stop();
  if ((running && (await isAlive(running.pid))) || (await isAlive(postgres.pid))) {
    throw new AppError("conflict", `Kinora runs in ${home}.`, {
      action: "End it, then restore again. Nothing was changed.",
    });
  }
}
