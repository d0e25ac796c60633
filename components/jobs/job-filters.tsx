"use client";
import { Clapperboard, UserRound } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { COMMAND_LINE, JOB_STATE_WORDS, JOB_STATES, PIPELINE_WORDS, PIPELINES } from "@/lib/jobs/schema";
import { PillSelect } from "../ui/select";
import { tabLook } from "../ui/tabs";

const ALL = "all";

/** The history's filters. They live in the address, so that a view can be sent to somebody. */
export function JobFilters({ members }: { members: { id: string; name: string }[] }) {
  const path = usePathname();
  const query = useSearchParams();
  const router = useRouter();
  const to = (name: string, value: string | null) => {
    const next = new URLSearchParams(query);
    next.delete("cursor");
    if (value === null) next.delete(name);
    else next.set(name, value);
    const text = next.toString();
    return text ? `${path}?${text}` : path;
  };
  const state = query.get("state");
  const member = query.get("member") || ALL;
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <nav
        aria-label="State"
        className="-mx-4 flex min-w-0 max-w-[100vw] overflow-x-auto px-4 sm:mx-0 sm:px-0"
      >
        {[null, ...JOB_STATES].map((each) => (
          <Link
            key={each ?? ALL}
            href={to("state", each)}
            aria-current={state === each ? "page" : undefined}
            className={tabLook}
            scroll={false}
          >
            {each ? JOB_STATE_WORDS[each] : "All"}
          </Link>
        ))}
      </nav>
      <div className="flex flex-wrap gap-1.5">
        <PillSelect
          label="Pipeline"
          icon={<Clapperboard aria-hidden="true" />}
          value={PIPELINES.find((each) => each === query.get("pipeline")) ?? ALL}
          onChange={(value) => router.push(to("pipeline", value === ALL ? null : value))}
          options={[
            { value: ALL, label: "Every pipeline" },
            ...PIPELINES.map((each) => ({ value: each, label: PIPELINE_WORDS[each].name })),
          ]}
        />
        <PillSelect
          label="Member"
          icon={<UserRound aria-hidden="true" />}
          value={member}
          onChange={(value) => router.push(to("member", value === ALL ? null : value))}
          options={[
            { value: ALL, label: "Everybody" },
            ...members.map(({ id, name }) => ({ value: id, label: name })),
            { value: COMMAND_LINE, label: "The command line" },
            ...(member !== ALL && member !== COMMAND_LINE && !members.some(({ id }) => id === member)
              ? [{ value: member, label: "Somebody who has left" }]
              : []),
          ]}
        />
      </div>
    </div>
  );
}
