import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { Gate } from "./gate";

it("lets so many through at a time, in order, whether they succeed or not", async () => {
  const gate = new Gate(2);
  const order: number[] = [];
  let busy = 0;
  let most = 0;
  const results = await Promise.allSettled(
    [0, 1, 2, 3, 4].map((n) =>
      gate.pass(async () => {
        most = Math.max(most, ++busy);
        order.push(n);
        await pause(5);
        busy--;
        if (n === 1) throw new Error("one fails");
      }),
    ),
  );
  expect(most).toBe(2);
  expect(order).toEqual([0, 1, 2, 3, 4]);
  expect(results.map((r) => r.status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
    "fulfilled",
    "fulfilled",
  ]);
});
