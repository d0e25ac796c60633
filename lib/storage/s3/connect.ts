import { S3Client } from "@aws-sdk/client-s3";
import type { S3Settings } from "./settings";

const CONNECT_TIMEOUT_MS = 5_000;
const SILENCE_TIMEOUT_MS = 60_000;

/**
 * Checksums only where S3 demands them: the newer defaults break streamed puts on R2, MinIO and Supabase and
 * end up inside presigned URLs. Path style, because stores behind an endpoint of their own rarely have a
 * host name per bucket.
 */
export function connectS3(settings: S3Settings, endpoint = settings.endpoint): S3Client {
  return new S3Client({
    endpoint,
    region: settings.region,
    credentials: settings.credentials,
    forcePathStyle: endpoint !== undefined,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 4,
    requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, socketTimeout: SILENCE_TIMEOUT_MS },
  });
}
