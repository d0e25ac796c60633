import { connectionLost, readError } from "./upload-error";

/** A connection on which nothing moves for so long is given up. */
const SILENCE_MS = 60_000;

export type Sending = {
  signal: AbortSignal;
  onSent: (bytes: number) => void;
  headers?: Record<string, string>;
};

/** PUTs bytes with progress, which fetch cannot tell. Resolves with the answer's ETag. Throws UploadError. */
export function sendBytes(
  url: string,
  bytes: ArrayBuffer,
  { signal, onSent, headers = {} }: Sending,
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let silence: ReturnType<typeof setTimeout>;
    const wait = () => {
      clearTimeout(silence);
      silence = setTimeout(() => end(() => reject(connectionLost())), SILENCE_MS);
    };
    const end = (settle: () => void) => {
      clearTimeout(silence);
      signal.removeEventListener("abort", stop);
      window.removeEventListener("offline", lose);
      settle();
      request.abort();
    };
    const stop = () => end(() => reject(signal.reason));
    const lose = () => end(() => reject(connectionLost()));

    request.upload.onprogress = ({ loaded }) => {
      wait();
      onSent(loaded);
    };
    request.onerror = lose;
    request.onload = () =>
      end(() => {
        const { status, responseText: body } = request;
        const retryAfter = request.getResponseHeader("retry-after");
        if (status < 200 || status > 299) return reject(readError({ status, body, retryAfter }));
        onSent(bytes.byteLength);
        resolve(request.getResponseHeader("etag"));
      });
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener("abort", stop);
    window.addEventListener("offline", lose);
    request.open("PUT", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    wait();
    request.send(bytes);
  });
}
