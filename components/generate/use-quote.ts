"use client";
import { useEffect, useRef, useState } from "react";
import type { ErrorRecord } from "@/lib/errors";
import type { Pipeline, Quote } from "@/lib/jobs/schema";
import type { Answer } from "../answer";
import { unreachable } from "../use-act";
import { isReady, type Order, toInput } from "./order";

export type AskQuote = (order: {
  pipeline: Pipeline;
  input: Record<string, unknown>;
}) => Promise<Answer<Quote>>;
export type QuoteState = { quote: Quote | null; error: ErrorRecord | null; stale: boolean };

const PAUSE_MS = 250;

/** The price of what stands in the form. Words do not change it, so only settings ask again. */
export function useQuote(order: Order, ask: AskQuote): QuoteState {
  const [state, setState] = useState<QuoteState>({ quote: null, error: null, stale: true });
  const priced = JSON.stringify({
    pipeline: order.pipeline,
    input: {
      ...toInput(order),
      prompt: order.picture ? "" : "the price depends on the settings alone",
      motion: "",
    },
  });
  const askable = order.pipeline !== "picture-reading" || isReady(order);
  const latest = useRef("");
  // Every drawing of the page brings a new function that asks the same.
  const question = useRef(ask);
  question.current = ask;

  useEffect(() => {
    latest.current = priced;
    if (!askable) {
      setState({ quote: null, error: null, stale: false });
      return;
    }
    setState((now) => ({ ...now, stale: true }));
    const timer = setTimeout(async () => {
      const answer = await question.current(JSON.parse(priced)).catch(unreachable);
      if (latest.current !== priced) return;
      setState(
        answer.ok
          ? { quote: answer.value, error: null, stale: false }
          : { quote: null, error: answer.error, stale: false },
      );
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [priced, askable]);

  return state;
}
