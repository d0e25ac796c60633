import { getSignedUrl } from "@aws-sdk/cloudfront-signer";
import { type CdnSettings, isSigned } from "./settings";

/** With a CloudFront key pair the URL expires; without one it is as secret as the random key within it. */
export function cdnUrl(cdn: CdnSettings, key: string, endsAt: Date): string {
  const url = `${cdn.origin}/${key}`;
  if (!isSigned(cdn)) return url;
  return getSignedUrl({ url, keyPairId: cdn.keyPairId, privateKey: cdn.privateKey, dateLessThan: endsAt });
}
