import { notFound } from "next/navigation";
import { AppError } from "@/lib/errors";

/** Shows the page "not found" for what is not there, or not in this workspace. */
export async function orNotFound<T>(found: Promise<T>): Promise<T> {
  try {
    return await found;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === "not_found") notFound();
    throw thrown;
  }
}
