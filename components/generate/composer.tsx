"use client";
import { useRouter } from "next/navigation";
import {
  type FormEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
  useTransition,
} from "react";
import type { ErrorRecord } from "@/lib/errors";
import type { ModelView, Pipeline, Quote } from "@/lib/jobs/schema";
import { formatRange } from "@/lib/money";
import type { Answer } from "../answer";
import { hasModifier, isTyping } from "../shell/keys";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { ErrorNote } from "../ui/error-note";
import { formatAbout } from "../ui/format-time";
import { Kbd } from "../ui/kbd";
import { AttachPicture } from "../upload/attach-picture";
import { unreachable } from "../use-act";
import { isReady, type Order, toInput } from "./order";
import { Pills, type Presets } from "./pills";
import { useOrder } from "./use-order";
import { type AskQuote, type QuoteState, useQuote } from "./use-quote";

export type Submit = (order: {
  pipeline: Pipeline;
  input: Record<string, unknown>;
}) => Promise<Answer<{ jobId: string }>>;

/** Where there is room, as many rows as it takes; on a phone one row that scrolls, and fades out where it goes on. */
const pillRow = cn(
  "relative flex gap-1.5 px-3 pt-1 sm:flex-wrap",
  "max-sm:scroll-px-10 max-sm:overflow-x-auto max-sm:pb-1 max-sm:[scrollbar-width:none]",
  "max-sm:after:w-6 max-sm:after:shrink-0 max-sm:after:content-['']",
  "max-sm:[mask-image:linear-gradient(to_right,transparent,black_0.75rem,black_calc(100%-2.5rem),transparent)]",
);

/** The prompt, its settings, and the button with the price on it. */
export function Composer({
  slug,
  models,
  presets,
  recalled,
  ask,
  submit,
}: {
  slug: string;
  models: ModelView[];
  presets: Presets;
  /** Settings brought back from an earlier job or picture. */
  recalled: Order | null;
  ask: AskQuote;
  submit: Submit;
}) {
  const router = useRouter();
  const { order, change } = useOrder(slug, recalled);
  const price = useQuote(order, ask);
  const [busy, start] = useTransition();
  const [attaching, setAttaching] = useState(false);
  const [refused, setRefused] = useState<ErrorRecord | null>(null);
  const prompt = usePromptKey();
  const isReading = order.pipeline === "picture-reading";
  const hasPicture = order.picture !== null || attaching;
  useEarlyWords(prompt, order.prompt, change);

  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (busy || attaching) return;
    if (!isReady(order)) return prompt.current?.focus();
    setRefused(null);
    start(async () => {
      const answer = await submit({ pipeline: order.pipeline, input: toInput(order) }).catch(unreachable);
      if (!answer.ok) return setRefused(answer.error);
      router.push(`/w/${slug}/jobs/${answer.value.jobId}`);
    });
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send(event);
    else if (event.key === "Escape") event.currentTarget.blur();
  };

  const problem = refused ?? price.error;
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3">
      <form
        onSubmit={send}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && !event.defaultPrevented)
            send(event);
        }}
        className="rounded-xl border border-line-strong bg-surface transition-colors focus-within:border-edge"
      >
        {!isReading && (
          <textarea
            ref={prompt}
            name="prompt"
            aria-label="Prompt"
            rows={3}
            maxLength={16_000}
            value={order.prompt}
            onChange={(event) => change({ prompt: event.target.value })}
            onKeyDown={press}
            placeholder={
              order.picture
                ? "What should move in it? Left empty, a motion is suggested."
                : "What shall we see? A place, a light, someone in it …"
            }
            className="field-sizing-content block max-h-72 min-h-24 w-full resize-none bg-transparent px-4 pt-4 pb-2 text-md leading-relaxed outline-none"
          />
        )}
        {isReading && !order.picture && (
          <p className="px-4 pt-5 pb-3 text-ink-2">
            Add a picture: it gets a description, tags, its palette and a motion that would suit it.
          </p>
        )}
        <div className={hasPicture ? "pt-1 sm:flex sm:flex-wrap sm:gap-1.5 sm:px-3" : pillRow}>
          <AttachPicture
            slug={slug}
            value={order.picture}
            onChange={(picture) => change({ picture })}
            onBusyChange={setAttaching}
            className={
              hasPicture ? "basis-full pt-2 pb-1.5 max-sm:px-3" : "max-sm:max-w-full max-sm:shrink-0"
            }
          />
          <div className={hasPicture ? cn(pillRow, "sm:contents") : "contents"}>
            <Pills order={order} change={change} models={models} presets={presets} />
          </div>
        </div>
        <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2 p-3">
          <p className="mr-auto pl-1 text-ink-3 text-xs">
            {price.quote ? `Usually ${formatAbout(price.quote.seconds)}. ${priceNote(price.quote)}` : ""}
          </p>
          <Kbd keys={["Mod", "Enter"]} className="max-md:hidden" />
          <Button
            type="submit"
            variant="primary"
            size="lg"
            busy={busy}
            disabled={attaching}
            className="min-w-48 max-sm:w-full"
          >
            <span>
              Generate
              <PriceTag price={price} />
            </span>
          </Button>
        </div>
      </form>
      {problem && <ErrorNote message={problem.message} action={problem.action} />}
      <p aria-live="polite" className="sr-only">
        {price.quote && !price.stale ? `Price: ${priceWords(price)}` : ""}
      </p>
    </div>
  );
}

function PriceTag({ price }: { price: QuoteState }) {
  if (!price.quote) return null;
  return (
    <span className={`figures font-medium transition-opacity ${price.stale ? "opacity-80" : ""}`}>
      <span aria-hidden="true"> · </span>
      {priceWords(price)}
    </span>
  );
}

function priceNote({ lowMicros, highMicros }: Quote): string {
  if (highMicros === 0) return "Drafts cost nothing.";
  return lowMicros === highMicros
    ? "The price is an estimate."
    : "Prices are estimates; the job shows what was charged.";
}

function priceWords({ quote }: QuoteState): string {
  if (!quote) return "";
  return quote.highMicros === 0 ? "free draft" : formatRange(quote.lowMicros, quote.highMicros);
}

/** What was typed before the page had come alive stands in the field, and belongs to the order. */
function useEarlyWords(
  prompt: RefObject<HTMLTextAreaElement | null>,
  known: string,
  change: (part: Partial<Order>) => void,
) {
  const isFirst = useRef(true);
  useEffect(() => {
    const typed = prompt.current?.value ?? "";
    if (isFirst.current && known === "" && typed !== "") change({ prompt: typed });
    isFirst.current = false;
  }, [prompt, known, change]);
}

/** The key / goes to the prompt. */
function usePromptKey() {
  const prompt = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "/" || isTyping(event) || hasModifier(event)) return;
      event.preventDefault();
      prompt.current?.focus();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return prompt;
}
