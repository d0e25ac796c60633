import { connectionLost, readError } from "./upload-error";

/** A connection on which nothing moves for so long is given up. */
const SILENCE_MS = 120_000;

export type Sending = { signal?: AbortSignal; onSent: (bytes: number) => void };

/** PUTs bytes with progress, which fetch cannot tell. Resolves with the answer's ETag. Throws UploadError. */
export function sendBytes(url: string, bytes: Blob, { signal, onSent }: Sending): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let silence: ReturnType<typeof setTimeout>;
    const wait = () => {
      clearTimeout(silence);
      silence = setTimeout(() => end(() => reject(connectionLost())), SILENCE_MS);
    };
    const end = (settle: () => void) => {
      clearTimeout(silence);
      signal?.removeEventListener("abort", stop);
      settle();
      request.abort();
    };
    const stop = () => end(() => reject(signal?.reason));

    request.upload.onprogress = ({ loaded }) => {
      wait();
      onSent(loaded);
    };
    request.onerror = () => end(() => reject(connectionLost()));
    request.onload = () =>
      end(() => {
        if (request.status < 200 || request.status > 299) {
          return reject(readError(request.status, request.responseText));
        }
        onSent(bytes.size);
        resolve(request.getResponseHeader("etag"));
      });
    if (signal?.aborted) return reject(signal.reason);
    signal?.addEventListener("abort", stop);
    request.open("PUT", url);
    wait();
    // A plain Blob: the type of a File would be sent along, and a presigned URL does not cover it.
    request.send(bytes.slice(0, bytes.size, ""));
  });
}
