import { answers, serverAnswers } from "./server-answers";

/** What a proxy says when Kinora behind it does not answer, or Kinora while it starts. */
const AWAY = new Set([500, 502, 503, 504]);

/**
 * The router leaves the app for the bare address when a page's data does not come, and finds the browser's error page
 * there if the server only restarts. So such requests wait until it answers. Only those that read: a form is never
 * sent twice.
 */
export function holdPageRequests(): void {
  const send = window.fetch;
  window.fetch = async (input, init) => {
    if (!readsPage(input, init)) return send(input, init);
    while (true) {
      const response = await send(input, init).catch(async (thrown: unknown) => {
        if (!(thrown instanceof TypeError) || init?.signal?.aborted) throw thrown;
        return null;
      });
      if (response && !(AWAY.has(response.status) && !(await answers()))) return response;
      await serverAnswers();
    }
  };
}

/** The router's own sign on requests for a page's data, without those it makes in advance. */
function readsPage(input: RequestInfo | URL, init?: RequestInit): boolean {
  const request = input instanceof Request ? input : null;
  const headers = new Headers(init?.headers ?? request?.headers);
  const method = init?.method ?? request?.method ?? "GET";
  return method === "GET" && headers.get("rsc") === "1" && !headers.has("next-router-prefetch");
}

type NavigateEvent = Event & {
  cancelable: boolean;
  userInitiated: boolean;
  downloadRequest: string | null;
  formData: FormData | null;
  navigationType: "push" | "replace" | "reload" | "traverse";
  destination: { url: string; sameDocument: boolean };
};

/**
 * Holds back what the page itself navigates to within Kinora until it answers: whatever the reason for leaving the
 * app was, it does not end on the browser's error page. Browsers without the Navigation API do as they always did.
 */
export function holdNavigations(): void {
  const { navigation } = window as Window & { navigation?: EventTarget };
  let checked: string | null = null;
  navigation?.addEventListener("navigate", (happened) => {
    const event = happened as NavigateEvent;
    const { url, sameDocument } = event.destination;
    if (sameDocument || !event.cancelable || event.userInitiated) return;
    if (event.downloadRequest !== null || event.formData || event.navigationType === "traverse") return;
    if (new URL(url).origin !== location.origin) return;
    const passes = checked === url;
    checked = null;
    if (passes) return;
    event.preventDefault();
    void serverAnswers().then(() => {
      checked = url;
      if (event.navigationType === "replace") location.replace(url);
      else if (event.navigationType === "reload") location.reload();
      else location.assign(url);
    });
  });
}
