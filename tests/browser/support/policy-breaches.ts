import type { BrowserContext } from "@playwright/test";

/** What a page tried and its content security policy refused. */
export type Breach = { page: string; directive: string; blocked: string; sample: string };

export type Breaches = {
  /** What was refused since this was last asked. */
  take(): Breach[];
};

/** Listens to all pages of a context, from each one's first line on. */
export async function watchPolicy(context: BrowserContext): Promise<Breaches> {
  let seen: Breach[] = [];
  await context.exposeBinding("noteBreach", (_source, breach: Breach) => void seen.push(breach));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { effectiveDirective: directive, blockedURI: blocked, sample } = event;
      const { noteBreach } = window as unknown as { noteBreach(breach: object): void };
      noteBreach({ page: location.pathname, directive, blocked, sample });
    });
  });
  return {
    take: () => {
      const taken = seen;
      seen = [];
      return taken;
    },
  };
}
