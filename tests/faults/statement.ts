/** What a step of the paid path does to the world. */
export type Verb =
  | "query"
  | "commit"
  | "read a file"
  | "write a file"
  | "store"
  | "fetch from storage"
  | "look at a file"
  | "request";

export type Statement = { verb: Verb; name: string };

/** What breaks together. */
export type Part = "database" | "disk" | "network" | "machine";

/** How a statement breaks down, and what follows. */
export type Breakdown =
  /** It takes no effect, and fails. */
  | "lost"
  /** It takes effect, and fails all the same. */
  | "answer lost"
  /** It takes effect, and half of the answer arrives. */
  | "answer cut"
  /** It cannot even be sent. */
  | "refused"
  /** It fails, and so does every statement of its part for a while. */
  | "outage"
  /** The same, and the process ends before the part works again. */
  | "outage, then death"
  /** The process ends before it. */
  | "death";

export function partOf(verb: Verb): Part {
  if (verb === "query" || verb === "commit") return "database";
  if (verb === "request") return "network";
  return verb === "look at a file" ? "machine" : "disk";
}

/** The breakdowns worth trying at a statement: those that differ from what is tried at its neighbours. */
export function breakdownsOf({ verb, name }: Statement): Breakdown[] {
  if (verb === "read a file" || verb === "fetch from storage") return ["lost"];
  if (verb === "look at a file") return ["lost", "death"];
  if (verb === "request") return ["refused", "lost", "answer lost", "answer cut", "outage", "death"];
  // Within a transaction nothing has taken effect before the commit, wherever it ends.
  if (verb === "query" && name.startsWith("within ")) return ["lost"];
  return ["lost", "answer lost", "outage", "outage, then death", "death"];
}

/** The error that the failing part would raise. */
export function failureOf(verb: Verb, breakdown: Breakdown): Error {
  switch (partOf(verb)) {
    case "database":
      return coded("write CONNECTION_CLOSED 127.0.0.1:5432", "CONNECTION_CLOSED");
    case "network":
      if (breakdown === "lost") return coded("read ECONNRESET", "ECONNRESET");
      return coded("connect ECONNREFUSED", "ECONNREFUSED");
    case "machine":
      return coded("spawn ENOMEM", "ENOMEM");
    case "disk":
      if (breakdown === "answer lost" || verb === "read a file") return coded("EIO: i/o error", "EIO");
      return coded("ENOSPC: no space left on device", "ENOSPC");
  }
}

function coded(message: string, code: string): Error {
  return Object.assign(new Error(message), { code, errno: code });
}
