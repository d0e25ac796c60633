import { S3ServiceException } from "@aws-sdk/client-s3";
import { AppError } from "@/lib/errors";
import { missingFile, outOfRange } from "../missing";
import type { S3Settings } from "./settings";

const WRONG_KEYS = new Set([
  "AccessDenied",
  "Forbidden",
  "InvalidAccessKeyId",
  "SignatureDoesNotMatch",
  "ExpiredToken",
  "InvalidToken",
  "403",
]);
const FULL = new Set(["QuotaExceeded", "InsufficientStorage", "XMinioStorageFull"]);

/** What S3 and the network say, in words for a person. */
export function toS3Error(thrown: unknown, { bucket, endpoint }: S3Settings): AppError {
  if (thrown instanceof AppError) return thrown;
  const where = endpoint ? new URL(endpoint).host : "Amazon S3";
  const failed = (message: string, action: string, retry: "never" | "later" = "later") =>
    new AppError("storage_failed", message, { action, retry, cause: thrown });

  if (!(thrown instanceof S3ServiceException)) {
    if (thrown instanceof Error && thrown.name === "CredentialsProviderError") {
      return failed(
        "No credentials for S3 were found.",
        "Set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or give the machine a role.",
        "never",
      );
    }
    return failed(`The media store at ${where} does not answer.`, "Check S3_ENDPOINT_URL and the network.");
  }
  const { name } = thrown;
  const status = thrown.$metadata.httpStatusCode;
  if (name === "NoSuchBucket") {
    return failed(
      `The bucket ${bucket} does not exist at ${where}.`,
      "Create it, or correct S3_BUCKET_NAME.",
      "never",
    );
  }
  if (name === "InvalidRange" || status === 416) return outOfRange();
  if (name === "NoSuchUpload") {
    return new AppError("not_found", "This upload was ended already.", { action: "Send the file again." });
  }
  if (status === 404) return missingFile();
  if (WRONG_KEYS.has(name) || status === 401 || status === 403) {
    return failed(
      `The media store at ${where} refused our keys for the bucket ${bucket}.`,
      "Check S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_REGION and the bucket's policy.",
      "never",
    );
  }
  if (FULL.has(name) || status === 507) {
    return new AppError("disk_full", `The media store at ${where} is full.`, {
      action: "Free some space or raise its quota, then press Retry. What is finished is kept.",
      cause: thrown,
    });
  }
  if (name === "PermanentRedirect" || name === "AuthorizationHeaderMalformed") {
    return failed(
      `The bucket ${bucket} is in another region.`,
      "Set S3_REGION to the bucket's own.",
      "never",
    );
  }
  return failed(
    `The media store at ${where} failed (${name}).`,
    "Press Retry. If it happens again, look at the store's own state.",
  );
}
