/** Loaded into a program with --import: its clock goes ahead by CHAOS_CLOCK_MS, or behind where that is negative. */
const aheadMs = Number(process.env.CHAOS_CLOCK_MS ?? 0);
const real = Date;
const now = () => real.now() + aheadMs;

globalThis.Date = new Proxy(real, {
  construct: (target, args, type) => Reflect.construct(target, args.length === 0 ? [now()] : args, type),
  apply: () => new real(now()).toString(),
  get: (target, name, receiver) => (name === "now" ? now : Reflect.get(target, name, receiver)),
});
