import { GetObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { connectS3 } from "./connect";
import type { S3Settings } from "./settings";

/** Signing asks nobody: which keys it is done with makes no difference to where a link leads. */
const ANY_KEYS = { accessKeyId: "any", secretAccessKey: "any" };

/** The beginnings of all links that this storage gives to browsers, as sources of a content security policy. */
export async function s3Sources(settings: S3Settings): Promise<string[]> {
  const { bucket, cdn, endpoint, publicEndpoint = endpoint } = settings;
  const signer = connectS3({ ...settings, credentials: ANY_KEYS }, publicEndpoint);
  const link = await getSignedUrl(signer, new GetObjectCommand({ Bucket: bucket, Key: "key" }));
  return [new URL(".", link).href, ...(cdn ? [`${cdn.origin}/`] : [])].map(asSource);
}

/** What would end a source, or the policy. */
function asSource(address: string): string {
  return new URL(address).href.replaceAll(";", "%3B").replaceAll(",", "%2C").replaceAll("'", "%27");
}
