import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { stringify } from "safe-stable-stringify";
import { billFor, subjectOf } from "./bills";
import type { Charge, Order, RecordedRequest, RequestFilter } from "./types";

/** What the providers know: in memory, and as JSON lines in a file when one is given. */
export class Store {
  readonly orders = new Map<string, Order>();
  readonly uploads = new Map<string, { bytes: Buffer; mime: string }>();
  readonly requests: RecordedRequest[] = [];
  /** Requests that break a provider's specification. */
  readonly problems: string[] = [];
  /** How often each fault that has a name has happened. */
  readonly met: Record<string, number> = {};

  constructor(private readonly file?: string) {
    if (!file || !existsSync(file)) return;
    for (const line of readFileSync(file, "utf8").split("\n")) {
      if (line) this.keep(JSON.parse(line) as Order);
    }
  }

  take(order: Order): Order {
    this.keep(order);
    this.write(order);
    return order;
  }

  cancel(order: Order): void {
    order.canceledAt ??= new Date().toISOString();
    this.write(order);
  }

  /** Requests received, oldest first. */
  find({ provider, kind }: RequestFilter): RecordedRequest[] {
    return this.requests.filter(
      (one) => (!provider || one.provider === provider) && (!kind || one.kind === kind),
    );
  }

  /** What is or will be billed: every order taken, but those that are free. */
  charges(): Charge[] {
    return [...this.orders.values()].flatMap((order) => {
      const bill = billFor(order);
      return bill ? [{ ...toCharge(order), ...bill }] : [];
    });
  }

  private keep(order: Order): void {
    this.orders.set(order.id, order);
  }

  private write(order: Order): void {
    if (this.file) appendFileSync(this.file, `${JSON.stringify(order)}\n`);
  }
}

function toCharge(order: Order) {
  const { id: orderId, provider, model, key, input, createdAt: at } = order;
  const inputHash = createHash("sha256")
    .update(stringify([model, input]) ?? "")
    .digest("hex");
  return { orderId, provider, model, key, subject: subjectOf(order), inputHash, at };
}

export type Phase = "waiting" | "running" | "succeeded" | "failed" | "canceled" | "aborted";

/** Where an order stands at a moment: a quarter of its time waiting, the rest running. */
export function phaseOf(order: Order, now = Date.now()): Phase {
  if (order.canceledAt) return "canceled";
  const seconds = (now - Date.parse(order.createdAt)) / 1000;
  if (seconds < order.seconds / 4) return "waiting";
  if (seconds < order.seconds) return "running";
  if (order.fate.end) return order.fate.end;
  return order.fate.fail || order.fate.refuse ? "failed" : "succeeded";
}

export function progressOf(order: Order, now = Date.now()): number {
  return Math.min(0.99, (now - Date.parse(order.createdAt)) / 1000 / order.seconds);
}
