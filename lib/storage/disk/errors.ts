import { AppError, isErrno } from "@/lib/errors";

/** What the file system says, in words for a person. Errors of ours, or of the sending side, pass unchanged. */
export function toDiskError(thrown: unknown, what: "save" | "read" | "delete"): unknown {
  if (thrown instanceof AppError) return thrown;
  if (isErrno(thrown, "ENOSPC") || isErrno(thrown, "EDQUOT")) {
    return new AppError("disk_full", "The disk with the media folder is full.", {
      action: "Free some space on the server, then press Retry. What is finished is kept.",
      cause: thrown,
    });
  }
  if (isErrno(thrown, "EACCES") || isErrno(thrown, "EPERM") || isErrno(thrown, "EROFS")) {
    return new AppError("storage_failed", `Kinora may not ${what} files in its media folder.`, {
      action: "Give the user that runs Kinora write access to the folder in KINORA_HOME.",
      cause: thrown,
    });
  }
  if (isErrno(thrown, "EMFILE") || isErrno(thrown, "EIO")) {
    return new AppError("storage_failed", `The media folder could not ${what} a file.`, {
      action: "Press Retry. If it happens again, look at the server's disk and its limit of open files.",
      cause: thrown,
    });
  }
  return thrown;
}
