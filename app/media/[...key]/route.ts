import { serveMedia } from "@/lib/http/serve-media";

type Context = { params: Promise<{ key: string[] }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  return serveMedia(request, (await params).key.join("/"));
}

export { GET as HEAD };
