/** What is known of a page's answer when its policy is written. */
export type PolicyFacts = {
  nonce: string;
  /** Where a browser gets media and sends parts of uploads when that is not this server: the bucket, the CDN. */
  mediaSources: readonly string[];
  /** Whether this very request came to the studio's https address. */
  isTls: boolean;
  isDevelopment: boolean;
};

/** The style element that sonner adds by itself: empty at first, then with its text. A test reads both off its code. */
export const SONNER_STYLES = [
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='",
] as const;

/**
 * What a page may load and run. Two policies, and both must agree: a script in the page's text needs the nonce, and
 * one that the page's own scripts add must come from this server. Handlers in attributes and `javascript:` never run.
 */
export function pagePolicy(facts: PolicyFacts): string {
  const { mediaSources, isTls, isDevelopment } = facts;
  const nonce = `'nonce-${facts.nonce}'`;
  const scripts = isDevelopment ? [nonce, "'unsafe-eval'"] : [nonce];
  const media = ["'self'", "blob:", "data:", ...mediaSources];
  const whole = {
    "default-src": ["'self'"],
    "script-src": [...scripts, "'strict-dynamic'"],
    "style-src": ["'self'", ...(isDevelopment ? ["'unsafe-inline'"] : [nonce, ...SONNER_STYLES])],
    // Shapes of tiles and colours of palettes stand in attributes; nothing can be run or fetched by them.
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": media,
    "media-src": media,
    // Chromium counts reading a picked file's own copy as a connection.
    "connect-src": ["'self'", "blob:", ...mediaSources],
    "font-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'self'"],
    "frame-ancestors": ["'none'"],
    "frame-src": ["'none'"],
    "object-src": ["'none'"],
    "worker-src": ["'none'"],
    ...(isTls ? { "upgrade-insecure-requests": [] } : {}),
  };
  return `${join(whole)}, ${join({ "script-src": ["'self'", ...scripts] })}`;
}

/**
 * For what is no page: files, endpoints and their errors. Opened by itself it has no scripts, forms or frames, whatever
 * it contains; `allow-same-origin` alone lets a film that is opened in a tab of its own be read.
 */
export const FILE_POLICY = join({
  "default-src": ["'none'"],
  "img-src": ["'self'"],
  "media-src": ["'self'"],
  "style-src": ["'unsafe-inline'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  "frame-ancestors": ["'none'"],
  sandbox: ["allow-same-origin"],
});

function join(directives: Record<string, readonly string[]>): string {
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(" "))
    .join("; ");
}
