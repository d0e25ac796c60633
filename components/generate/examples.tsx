"use client";
import { EMPTY_ORDER, type Order } from "./order";

const EXAMPLES: { name: string; order: Partial<Order> }[] = [
  {
    name: "A lighthouse in a storm",
    order: {
      prompt:
        "A white lighthouse on black cliffs in a winter storm, one beam of warm light through heavy rain, waves breaking high, dusk, wide shot",
      ratio: "16:9",
    },
  },
  {
    name: "A street after rain",
    order: {
      prompt:
        "A narrow city street at night after rain, red and blue signs mirrored in the wet stones, a cyclist passing far away, low camera",
      ratio: "9:16",
    },
  },
  {
    name: "Morning in a kitchen",
    order: {
      prompt:
        "Morning sun through a kitchen window, steam over a cup of coffee on an oak table, dust in the light, close, shallow focus",
      ratio: "4:3",
    },
  },
];

/** A few prompts to begin with; pressing one only fills the form. */
export function Examples({ onChoose }: { onChoose: (order: Order) => void }) {
  return (
    <div className="flex flex-wrap items-center gap-1.5 px-1">
      <span className="text-ink-3 text-xs">Try</span>
      {EXAMPLES.map(({ name, order }) => (
        <button
          key={name}
          type="button"
          onClick={() => onChoose({ ...EMPTY_ORDER, ...order })}
          className="h-7 rounded-full px-2.5 text-ink-2 text-xs underline decoration-line-strong underline-offset-4 transition-colors hover:bg-hover hover:text-ink coarse:h-9"
        >
          {name}
        </button>
      ))}
    </div>
  );
}
