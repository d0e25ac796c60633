import { serveMedia } from "@/lib/http/serve-media";

/** Opens a link of the media route as Next would, the path's segments decoded, for a member of its workspace. */
export function openMedia(url: string, init?: RequestInit): Promise<Response> {
  const request = new Request(new URL(url, "http://kinora.test"), init);
  const segments = new URL(request.url).pathname.replace(/^\/media\//, "").split("/");
  return serveMedia(request, segments.map(decodeURIComponent).join("/"), async () => true);
}
