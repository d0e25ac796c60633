import type * as http from "node:http";
import { currentLife, type Life } from "./life";
import { relayUrl, type Treatment } from "./treatment";

/** `node:http` with a network that can break down; the server's side of it stays whole. */
export function breakableHttp(module: typeof http): typeof http {
  const request = (url: URL, options: http.RequestOptions) => {
    const life = currentLife();
    const treatment = life && treatmentOf(life, `${options.method} ${nameOf(url)}`);
    if (!treatment) return module.request(url, options);
    return module.request(relayUrl(treatment, url), options);
  };
  const broken = { ...module, request };
  return { ...broken, default: broken } as unknown as typeof http;
}

function treatmentOf(life: Life, name: string): Treatment | undefined {
  try {
    const passage = life.passNow("request", name);
    if (passage === "go") return undefined;
    return passage === "died"
      ? "never answered"
      : passage === "cut the answer"
        ? "answer cut"
        : "answer lost";
  } catch (thrown) {
    return (thrown as { code?: string }).code === "ECONNREFUSED" ? "refused" : "lost";
  }
}

/** The path, without what is random in it. */
function nameOf(url: URL): string {
  return url.pathname.replace(/[0-9a-f-]{20,}/g, "…");
}
