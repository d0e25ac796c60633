import { describe, expect, it } from "vitest";
import { compile, ExpressionError, evaluate, evaluateKey, findMatch, isTrue } from ".";

const scope = {
  event: { name: "a", data: { id: 7, text: "it's", list: [{ n: 1 }], nothing: null, on: true } },
  async: { data: { id: 7, amount: 12.5 } },
};

describe("expressions", () => {
  it.each([
    ["event.data.id == async.data.id", true],
    ["event.data.id != 7", false],
    ["async.data.amount > 12 && async.data.amount <= 12.5", true],
    ["async.data.amount < -1 || event.data.on", true],
    ["!(event.data.on && event.data.id == 8)", true],
    ["event.data.text == 'it\\'s'", true],
    ['event.data["list"][0].n == 1', true],
    ["event.data.missing == 1", false],
    ["event.data.missing == null", true],
    ["event.data.nothing == null", true],
    ["event.data.missing == async.data.missing", false],
    ["event.data.id == '7'", false],
    ["event.data.text > 3", false],
    ["event.data.on ? event.data.id == 7 : false", true],
    ["1 == 1 == true", true],
    ["event.constructor == null && event.data.list.length == null", true],
  ])("%s is %s", (source, expected) => {
    expect(isTrue(compile(source), scope)).toBe(expected);
  });

  it("binds && before ||, comparison before both", () => {
    expect(isTrue(compile("true || false && false"), {})).toBe(true);
    expect(isTrue(compile("(true || false) && false"), {})).toBe(false);
    expect(isTrue(compile("1 < 2 == true"), {})).toBe(true);
  });

  it("gives numbers and joined texts for priorities and keys", () => {
    expect(evaluate(compile("event.data.id == 7 ? 120 : -600"), scope)).toBe(120);
    expect(evaluateKey("event.data.text + '-' + event.name", scope.event)).toBe("it's-a");
    expect(evaluateKey("event.data.id", scope.event)).toBe(
      evaluateKey("event.data.text", { data: { text: "7" } }),
    );
    expect(evaluateKey(undefined, scope.event)).toBe("");
    expect(evaluateKey("event.data.nothing", scope.event)).toBe("null");
    expect(evaluateKey("event.data.missing", scope.event)).toBe("<nothing>");
  });

  it.each([
    "event.data.name.startsWith('a')",
    "size(event.data)",
    "process.exit",
    "event.data.id in [1, 2]",
    "event.data.id == ",
    "event.data.id = 7",
    "(event.data.id == 7",
    "event.data.id == 7)",
    "event.data.id * 2 == 14",
    "event.data.id == 'open",
    "",
  ])("refuses %s", (source) => {
    expect(() => compile(source)).toThrow(ExpressionError);
  });

  it("finds what waits can be indexed by", () => {
    const order = { kind: "path", root: "event", keys: ["data", "id"] };
    const paths = { async: ["data", "order"], other: order };
    const literal = (value: unknown) => ({ async: ["data", "order"], other: { kind: "literal", value } });
    expect(findMatch(compile("event.data.id == async.data.order"))).toEqual(paths);
    expect(findMatch(compile("async.data.order == event.data.id && async.data.n > 1"))).toEqual(paths);
    expect(findMatch(compile("async.data.order == 'gen_1'"))).toEqual(literal("gen_1"));
    expect(findMatch(compile('"gen_1" == async.data["order"]'))).toEqual(literal("gen_1"));
    expect(findMatch(compile("async.data.n > 1 && (true && async.data.order == -3)"))).toEqual(literal(-3));
    expect(findMatch(compile("async.data.order == 'a' + event.data.id"))?.async).toEqual(["data", "order"]);
    expect(findMatch(compile("event.data.id == async.data.order || true"))).toBeUndefined();
    expect(findMatch(compile("!(event.data.id == async.data.order)"))).toBeUndefined();
    expect(findMatch(compile("async.data.order != 3"))).toBeUndefined();
    expect(findMatch(compile("async.data.order == async.data.other"))).toBeUndefined();
  });
});
