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
  const bucket = e.S3_BUCKET_NAME ?? "";
  return {
    bucket,
    endpoint: withoutBucket(e.S3_ENDPOINT_URL, bucket),
    publicEndpoint: withoutBucket(e.S3_PUBLIC_URL, bucket),
    region: e.S3_REGION ?? (e.S3_ENDPOINT_URL?.includes(".r2.cloudflarestorage.com") ? "auto" : "us-east-1"),
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
    cdn: e.CDN_DOMAIN ? cdnSettings(e.CDN_DOMAIN, e) : undefined,
  };
}

/** Stores that show an address with the bucket before their own host, which is known to be theirs. */
const STORE_HOSTS =
  /\.(amazonaws\.com(\.cn)?|r2\.cloudflarestorage\.com|digitaloceanspaces\.com|backblazeb2\.com|wasabisys\.com|googleapis\.com|linodeobjects\.com|scw\.cloud|aliyuncs\.com|idrivee2[-\w]*\.com|vultrobjects\.com|your-objectstorage\.com|t3\.storage\.dev)$/;

/** Stores show the bucket's own address; the bucket is named once, so it is taken off the endpoint's end or beginning. */
export function withoutBucket(endpoint: string | undefined, bucket: string): string | undefined {
  if (!endpoint || !bucket) return endpoint;
  const url = new URL(endpoint);
  const parts = url.pathname.split("/").filter((part) => part !== "");
  if (decodeURIComponent(parts.at(-1) ?? "") === bucket) parts.pop();
  const host = url.host.toLowerCase();
  const prefix = `${bucket.toLowerCase()}.`;
  const rest = host.slice(prefix.length);
  const named = host.startsWith(prefix) && STORE_HOSTS.test(`.${rest.replace(/:\d+$/, "")}`);
  return `${url.protocol}//${[named ? rest : host, ...parts].join("/")}`;
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
