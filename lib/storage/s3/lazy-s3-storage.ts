import type { Storage } from "../storage";
import type { S3Settings } from "./settings";

/**
 * The S3 storage, loaded when it is first used: Amazon's SDK takes some 20 MB of memory, which a studio that keeps
 * its media on disk never needs.
 */
export function lazyS3Storage(settings: S3Settings): Storage {
  let loading: Promise<Storage> | undefined;
  const load = () => {
    loading ??= import("./s3-storage").then(({ s3Storage }) => s3Storage(settings));
    return loading;
  };
  return {
    kind: "s3",
    localPath: () => undefined,
    put: async (...given) => (await load()).put(...given),
    get: async (...given) => (await load()).get(...given),
    head: async (...given) => (await load()).head(...given),
    copy: async (...given) => (await load()).copy(...given),
    delete: async (...given) => (await load()).delete(...given),
    signedUrl: async (...given) => (await load()).signedUrl(...given),
    openUpload: async (...given) => (await load()).openUpload(...given),
    putPart: async (...given) => (await load()).putPart(...given),
    listParts: async (...given) => (await load()).listParts(...given),
    signParts: async (...given) => (await load()).signParts(...given),
    finishUpload: async (...given) => (await load()).finishUpload(...given),
    abortUpload: async (...given) => (await load()).abortUpload(...given),
    sweepUnfinished: async (...given) => (await load()).sweepUnfinished(...given),
    check: async () => (await load()).check(),
    async *list(prefix) {
      yield* (await load()).list(prefix);
    },
  };
}
