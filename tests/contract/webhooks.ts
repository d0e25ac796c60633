import { createHmac, randomBytes } from "node:crypto";
import { toPrediction, WEBHOOK_SECRET } from "./replicate";
import type { Order, WebhookManner } from "./types";
import type { World } from "./world";

const LATE_MS = 3_000;
const STALE_SECONDS = 3_600;

/** Announces finished orders to their webhook, in the manner of their fate; forgets them all when stopped. */
export class Webhooks {
  private readonly timers = new Set<NodeJS.Timeout>();
  /** Deliveries and how they were answered. */
  readonly sent: { orderId: string; deliveryId: string; manner: WebhookManner; status: number }[] = [];

  constructor(private readonly world: World) {}

  schedule(order: Order): void {
    const manner = order.fate.webhook ?? "once";
    if (!order.webhook || manner === "never") return;
    const endsInMs = Date.parse(order.createdAt) + order.seconds * 1000 - Date.now();
    this.after(Math.max(0, endsInMs) + (manner === "late" ? LATE_MS : 20), () => this.deliver(order, manner));
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  private after(ms: number, act: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act().catch((error: unknown) => console.warn("A webhook could not be sent.", error));
    }, ms);
    timer.unref();
    this.timers.add(timer);
  }

  /** The webhook's address, or the same path at the origin that deliveries are diverted to. */
  private address(webhook: string): string {
    const { divertTo } = this.world;
    if (!divertTo) return webhook;
    const { pathname, search } = new URL(webhook);
    return new URL(pathname + search, divertTo).toString();
  }

  private async deliver(order: Order, manner: WebhookManner): Promise<void> {
    const id = `msg_${randomBytes(12).toString("hex")}`;
    const body = JSON.stringify(toPrediction(this.world, order));
    const headers = signWebhook({ id, body, manner });
    const times = manner === "twice" ? 2 : 1;
    for (let n = 0; n < times; n += 1) {
      const status = await post(this.address(order.webhook ?? ""), headers, body);
      this.sent.push({ orderId: order.id, deliveryId: id, manner, status });
    }
  }
}

/** The headers of a delivery: rightly signed, forged (another key), or stale (an hour old). */
export function signWebhook({ id, body, manner }: { id: string; body: string; manner?: WebhookManner }) {
  const age = manner === "stale" ? STALE_SECONDS : 0;
  const timestamp = String(Math.floor(Date.now() / 1000) - age);
  const secret =
    manner === "forged" ? randomBytes(24).toString("base64") : WEBHOOK_SECRET.slice("whsec_".length);
  const signature = createHmac("sha256", Buffer.from(secret, "base64"))
    .update(`${id}.${timestamp}.${body}`)
    .digest("base64");
  return {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
}

/** The status of the answer; 0 when nobody answers. */
async function post(url: string, headers: Record<string, string>, body: string): Promise<number> {
  try {
    const signal = AbortSignal.timeout(10_000);
    return (await fetch(url, { method: "POST", headers, body, redirect: "manual", signal })).status;
  } catch {
    return 0;
  }
}
