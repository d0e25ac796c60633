import { AppError, isErrno } from "@/lib/errors";

const OWN_DATABASE = "or set DATABASE_URL to a Postgres of yours.";

/** Why a Postgres program did not do its work, as far as its log tells. */
export function explainFailure(log: string, cause?: unknown): AppError {
  if (/No space left on device/i.test(log) || isErrno(cause, "ENOSPC")) {
    return new AppError("disk_full", "The disk is full: Kinora's database cannot start.", {
      action: "Free some space and start again. Nothing that was saved is lost.",
      cause,
    });
  }
  if (/could not bind|Address already in use/i.test(log)) {
    return new AppError("conflict", "The database's port is already taken by another program.", {
      action: "Start again: another port is tried. If it happens again, end the other program.",
      cause,
    });
  }
  const version = /initialized by PostgreSQL version (\d+)/.exec(log)?.[1];
  if (version) return wrongVersion(version, cause);
  if (
    /Permission denied|wrong ownership|invalid permissions|Operation not permitted|Read-only file system/i.test(
      log,
    )
  ) {
    return notWritable("the database's folder", cause);
  }
  if (isErrno(cause, "EPERM") || isErrno(cause, "EINVAL")) {
    return new AppError(
      "not_configured",
      "Postgres refuses to run as root, and this root may not switch user.",
      {
        action: `Start Kinora as an ordinary user, ${OWN_DATABASE}`,
        cause,
      },
    );
  }
  const nameless = /could not look up effective user ID (\d+)/.exec(log)?.[1];
  if (nameless) {
    return new AppError(
      "not_configured",
      `User ${nameless}, as whom Kinora runs, has no name on this system.`,
      {
        action: `Add it to /etc/passwd, start Kinora as another user, ${OWN_DATABASE}`,
        cause,
      },
    );
  }
  const library = /error while loading shared libraries: (\S+?):/.exec(log)?.[1];
  if (library) {
    return new AppError("not_configured", `Kinora's own Postgres lacks the library ${library}.`, {
      action: `Run npm ci again, ${OWN_DATABASE}`,
      cause,
    });
  }
  return new AppError("internal", "Kinora's own database did not start.", {
    action: `Read its log (logs/postgres.log in Kinora's folder), ${OWN_DATABASE}`,
    cause: new Error(log.trim().split("\n").slice(-6).join("\n"), { cause }),
  });
}

export function wrongVersion(version: string | number, cause?: unknown): AppError {
  return new AppError("conflict", `The database's files were made by Postgres ${version}, another version.`, {
    action: `Start the Kinora that made them and take a backup, then restore it here, ${OWN_DATABASE}`,
    cause,
  });
}

export function notWritable(path: string, cause?: unknown): AppError {
  return new AppError("storage_failed", `Kinora may not write to ${path}.`, {
    action: "Make it writable for this user, or choose another folder with KINORA_HOME.",
    cause,
  });
}
