"use server";
import { z } from "zod";
import {
  approve as approveGate,
  cancelJob,
  decide,
  newTake,
  quoteJob,
  retryFrom,
  retryJob,
  settleDoubt,
  submitJob,
} from "@/inngest";
import { action } from "@/lib/http/action";
import { Pipeline } from "@/lib/jobs/schema";
import { idOf, word } from "@/lib/text";

const Order = z.object({ pipeline: Pipeline, input: z.record(z.string(), z.unknown()) });
const OneJob = z.object({ jobId: idOf("job") });
const OneStep = OneJob.extend({
  step: z.object({ name: word(200), subject: z.string().max(200).default("") }),
});
const Verdict = z.enum(["order again", "do not pay again"]);

export const quote = action(Order, ({ caller, input }) => quoteJob(caller, input));

export const generate = action(Order, async ({ caller, input }) => {
  const { id } = await submitJob(caller, input);
  return { jobId: id };
});

export const cancel = action(OneJob, async ({ caller, input }) => {
  await cancelJob(caller, input.jobId);
  return null;
});

export const retry = action(OneJob, async ({ caller, input }) => {
  await retryJob(caller, input.jobId);
  return null;
});

export const takeAgain = action(OneStep, async ({ caller, input }) => {
  await newTake(caller, input.jobId, input.step);
  return null;
});

export const retryStep = action(OneStep, async ({ caller, input }) => {
  await retryFrom(caller, input.jobId, input.step);
  return null;
});

export const choose = action(OneStep.extend({ choice: word(200) }), async ({ caller, input }) => {
  await decide(caller, input.jobId, input.step, input.choice);
  return null;
});

export const approve = action(OneStep.extend({ key: word(64) }), async ({ caller, input }) => {
  await approveGate(caller, input.jobId, input.step, input.key);
  return null;
});

export const settle = action(
  OneJob.extend({ generationId: idOf("gen"), choice: Verdict }),
  async ({ caller, input }) => {
    await settleDoubt(caller, input.jobId, input.generationId, input.choice);
    return null;
  },
);
