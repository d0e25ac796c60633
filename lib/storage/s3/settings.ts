import type { Env } from "@/lib/env";

export type CdnSettings = {
  /** Scheme and host, without a trailing slash. The CDN reads the bucket itself; the bucket stays private. */
  origin: string;
  keyPairId?: string;
  privateKey?: string;
};

export type S3Settings = {
  bucket: string;
  /** Unset for Amazon's own S3. */
  endpoint?: string;
  /** Where browsers and providers reach the endpoint, when that is another address. */
  publicEndpoint?: string;
  region: string;
  /** Unset: the machine's own role or profile. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
  cdn?: CdnSettings;
};

export function s3Settings(e: Env): S3Settings {
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = e;
  return {
    bucket: e.S3_BUCKET_NAME ?? "",
    endpoint: e.S3_ENDPOINT_URL,
    publicEndpoint: e.S3_PUBLIC_URL,
    region: e.S3_REGION ?? (e.S3_ENDPOINT_URL?.includes(".r2.cloudflarestorage.com") ? "auto" : "us-east-1"),
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
    cdn: e.CDN_DOMAIN ? cdnSettings(e.CDN_DOMAIN, e) : undefined,
  };
}

function cdnSettings(domain: string, e: Env): CdnSettings {
  return {
    origin: domain.includes("://") ? domain.replace(/\/+$/, "") : `https://${domain}`,
    keyPairId: e.CLOUDFRONT_KEY_PAIR_ID,
    // Many platforms keep a variable on one line.
    privateKey: e.CLOUDFRONT_PRIVATE_KEY?.replaceAll("\\n", "\n"),
  };
}

export function isSigned(cdn: CdnSettings): cdn is Required<CdnSettings> {
  return cdn.keyPairId !== undefined && cdn.privateKey !== undefined;
}
