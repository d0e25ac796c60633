import type { Answer, Fault } from "./types";
import type { Exchange, World } from "./world";

/** How another process commands the server: `POST /contract/script` with faults, `POST /contract/reset`, and reading. */
export function control({ world, url, json }: Exchange): Answer {
  switch (url.pathname) {
    case "/contract/script":
      world.script.add((json.faults ?? []) as Fault[]);
      return { status: 200, json: { waiting: world.script.length } };
    case "/contract/reset":
      reset(world);
      return { status: 200, json: {} };
    case "/contract/charges":
      return { status: 200, json: { charges: world.store.charges() } };
    case "/contract/requests":
      return { status: 200, json: { requests: world.store.requests } };
    case "/contract/problems":
      return { status: 200, json: { problems: world.store.problems } };
    default:
      return { status: 404, json: {} };
  }
}

/** Forgets requests, problems and faults; orders stay. */
export function reset({ store, script }: World): void {
  store.requests.length = 0;
  store.problems.length = 0;
  script.clear();
}
