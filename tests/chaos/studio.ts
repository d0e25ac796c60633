import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { closeDb, connect } from "@/lib/db";
import { migrate } from "@/lib/db/migrate";
import { isAlive, startPostgres } from "@/lib/embedded/postgres";
import { env as ownEnv } from "@/lib/env";
import { type Fault, startContractServer } from "../contract";
import { freePort } from "../support/free-ports";
import { addTeam } from "../support/people";
import { temporaryHome } from "../support/temporary-home";
import { Mortal, type Program } from "./child";
import { dice } from "./dice";
import { openDisk } from "./disk";
import { openDoor } from "./door";
import { type EngineKind, shapeOf } from "./engine";
import { layWire } from "./wire";

const POST_SECONDS = 4;
const WORKER_LIFE_MS = 8_000;
const WEB_LIFE_MS = 20_000;
/** The Inngest server is killed once, early enough that it matters. */
const SERVER_LIFE_MS = 40_000;
/** How far apart two cuts of the wire to the database are at most. */
const CUT_MS = 1_500;
/** The first worker's clock is ahead, the second's behind. An Inngest server's calls are good for five minutes. */
const SKEW_MS = { embedded: 600_000, inngest: 240_000 };
const SLUG = "chaos";
/** Its programs' disk can be full, and their clocks can be wrong. */
const FAULTS = ["disk", "clock"].flatMap((name) => ["--import", `./tests/chaos/faults/${name}.mjs`]);

/** A whole studio of real processes on a folder of its own, with providers that misbehave by the dice. */
export async function openStudio(options: {
  engine: EngineKind;
  seed: number;
  faultRate: number;
  script?: Fault[];
  stormSeconds: number;
}) {
  const home = await temporaryHome("chaos");
  let postgres = await startPostgres({ home });
  const port = Number(new URL(postgres.url).port);
  await migrate(postgres.url);
  const { sql, db } = connect(postgres.url, { max: 4 });
  const { editor: caller } = await addTeam(db, SLUG);
  const webPort = await freePort();
  const webUrl = `http://127.0.0.1:${webPort}`;
  const contract = await startContractServer({
    secondsToMake: 1.5,
    webhooks: "once",
    divertTo: webUrl,
    stateFile: join(home, "providers.jsonl"),
    script: options.script,
    listPage: 3,
    chaos: { seed: options.seed, rate: options.faultRate },
  });
  let stormUntil: number | undefined;
  const isStormy = () => stormUntil !== undefined && Date.now() < stormUntil;
  const luck = dice(options.seed * 100 + 99);
  const wire = await layWire(port, luck, () => (isStormy() ? luck() * CUT_MS : undefined));
  const disk = openDisk(home, dice(options.seed * 100 + 98), isStormy);
  const own = {
    DATABASE_URL: wire.url(postgres.url),
    KINORA_HOME: home,
    KINORA_URL: "https://chaos.example",
    AUTH_SECRET: "the secret of a chaos run, long enough",
  };
  Object.assign(ownEnv(), own, { DATABASE_URL: postgres.url });
  const engine = await shapeOf(options.engine, home);
  const door = await openDoor({ url: webUrl, slug: SLUG, userId: caller.userId });
  const env = {
    ...contract.env,
    ...engine.env,
    ...own,
    ...disk.env,
    NODE_ENV: "production",
    LOG_LEVEL: "info",
    PROVIDER_POST_SECONDS: String(POST_SECONDS),
    TMPDIR: home,
    PORT: String(webPort),
    HOSTNAME: "127.0.0.1",
    CHAOS_CALLER: JSON.stringify(caller),
  };
  /** It breaks when the first of them works, and at its end the providers recover, too. */
  const breakStorm = () => {
    if (stormUntil !== undefined) return;
    stormUntil = Date.now() + options.stormSeconds * 1000;
    setTimeout(contract.calm, options.stormSeconds * 1000).unref();
  };
  let born = 0;
  const mortal = (
    program: Program,
    name: string,
    longestMs: number,
    { mostDeaths = Number.POSITIVE_INFINITY, clockMs = 0 } = {},
  ) => {
    const roll = dice(options.seed * 100 + born++);
    let deaths = 0;
    return new Mortal({
      program: withFaults(program),
      env: { ...env, CHAOS_CLOCK_MS: String(clockMs) },
      logFile: join(home, `${name}.log`),
      lifeMs: () => {
        breakStorm();
        return isStormy() && deaths++ < mostDeaths ? 300 + roll() * longestMs : undefined;
      },
    });
  };
  const { server } = engine;
  const mortals = [
    ...(server ? [mortal(server, "inngest", SERVER_LIFE_MS, { mostDeaths: 1 })] : []),
    ...engine.workers.map((program, n) =>
      mortal(program, `worker-${n}`, WORKER_LIFE_MS, {
        clockMs: SKEW_MS[options.engine] * (n === 0 ? 1 : -1),
      }),
    ),
    mortal(door.program, "web", WEB_LIFE_MS),
  ];
  return {
    home,
    env,
    sql,
    db,
    caller,
    isStormy,
    title: `${engine.title}; ${door.title}`,
    door,
    contract,
    countKills: () => mortals.reduce((sum, one) => sum + one.kills, 0),
    /** How often the database's wire was cut, and the disk full. */
    countFaults: () => ({ cuts: wire.cuts(), fullDisks: disk.fills() }),
    /** Postgres in an immediate shutdown: no checkpoint, every connection cut, recovery at the next start. */
    async restartPostgres() {
      process.kill(postgres.pid, "SIGQUIT");
      while (await isAlive(postgres.pid)) await sleep(20);
      // Who held the one that is gone must not keep the next one alive.
      await postgres.stop();
      postgres = await startPostgres({ home, port });
    },
    async close({ keep = false } = {}) {
      await Promise.all(mortals.map((one) => one.end()));
      disk.stop();
      await Promise.all([contract.stop(), wire.stop()]);
      await closeDb();
      await sql.end({ timeout: 5 });
      await postgres.stop();
      if (!keep) await rm(home, { recursive: true, force: true });
    },
  };
}

function withFaults(program: Program): Program {
  if (program.command !== process.execPath) return program;
  return { ...program, args: [...FAULTS, ...program.args] };
}

export type ChaosStudio = Awaited<ReturnType<typeof openStudio>>;
