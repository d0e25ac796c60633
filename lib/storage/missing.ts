import { AppError } from "@/lib/errors";

export function missingFile(): AppError {
  return new AppError("not_found", "This file does not exist.");
}

export function outOfRange(): AppError {
  return new AppError("bad_input", "The file is shorter than the part that was asked for.");
}
