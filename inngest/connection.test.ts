import { expect, it } from "vitest";
import { type Connection, keepConnected } from "./connection";

const state = (name: string) => name as Connection["state"];

/** Connections that are made in the test's hands, in the order they were opened. */
function fakes() {
  const opened: (Connection & { closed: boolean })[] = [];
  const open = async () => {
    const one = {
      state: state("ACTIVE"),
      connectionId: `connection ${opened.length}`,
      closed: false,
      close: async () => {
        one.closed = true;
      },
    };
    opened.push(one);
    return one;
  };
  const at = (index: number) => opened[index] ?? expect.fail(`connection ${index} was not opened`);
  return { opened, open, at };
}

it("replaces a connection that was lost, also when it came back by itself, and lets the old one finish", async () => {
  const { opened, open, at } = fakes();
  const kept = await keepConnected(open, 1);
  at(0).state = state("RECONNECTING");
  await expect.poll(() => opened.length).toBe(2);
  await expect.poll(() => at(0).closed).toBe(true);

  at(1).connectionId = "a connection under the old name";
  await expect.poll(() => opened.length).toBe(3);
  await kept.stop();
  expect(opened.map((one) => one.closed)).toEqual([true, true, true]);
});

it("goes on trying while the server cannot be reached", async () => {
  const { opened, open, at } = fakes();
  let refusals = 0;
  const kept = await keepConnected(async () => {
    if (opened.length > 0 && refusals++ < 2) throw new Error("the server is down");
    return open();
  }, 1);
  at(0).state = state("RECONNECTING");
  await expect.poll(() => opened.length).toBe(2);
  expect(refusals).toBe(3);
  await kept.stop();
});
