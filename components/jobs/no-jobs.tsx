import { CircleCheck, Film, ListFilter } from "lucide-react";
import Link from "next/link";
import type { JobState } from "@/lib/jobs/schema";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";

const WORDS: Record<JobState, { title: string; text: string }> = {
  queued: { title: "Nothing is waiting to begin", text: "A new order stands here until a worker takes it." },
  running: { title: "Nothing is being made right now", text: "What is under way appears here by itself." },
  waiting: { title: "Nothing waits for you", text: "When there are stills to choose from, they are here." },
  paused: { title: "Nothing is paused", text: "A job that reaches a cap rests here. Nothing is lost then." },
  completed: { title: "Nothing is finished yet", text: "Films and pictures stand here once they are done." },
  failed: { title: "Nothing has failed", text: "Should a job fail, it says here why, and what to press." },
  canceled: { title: "Nothing was canceled", text: "Canceled jobs keep what they had finished." },
};

/** An empty history, by what was looked for. */
export function NoJobs({
  slug,
  filter,
}: {
  slug: string;
  filter: { state?: JobState; pipeline?: string; memberId?: string; cursor?: string };
}) {
  const isNarrow = Boolean(filter.pipeline || filter.memberId);
  if (isNarrow || filter.cursor) {
    return (
      <EmptyState
        picture={<ListFilter aria-hidden="true" strokeWidth={1.5} />}
        title="No job is like this"
        action={
          <Button asChild>
            <Link href={`/w/${slug}/jobs`}>Show all jobs</Link>
          </Button>
        }
      >
        Nothing fits all that is chosen above. Take one of the filters away.
      </EmptyState>
    );
  }
  if (filter.state) {
    const { title, text } = WORDS[filter.state];
    return (
      <EmptyState picture={<CircleCheck aria-hidden="true" strokeWidth={1.5} />} title={title}>
        {text}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      picture={<Film aria-hidden="true" strokeWidth={1.5} />}
      title="No jobs yet"
      action={
        <Button asChild variant="primary">
          <Link href={`/w/${slug}`}>Write a prompt</Link>
        </Button>
      }
    >
      Every order stands here: how far it is, what it has made, and what it has cost.
    </EmptyState>
  );
}
