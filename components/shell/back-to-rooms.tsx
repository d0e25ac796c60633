"use client";
import Link from "next/link";
import { useParams } from "next/navigation";
import { Button } from "../ui/button";

/** From a page that is not there to where its things are listed. */
export function BackToRooms() {
  const { slug } = useParams<{ slug: string }>();
  return (
    <div className="flex flex-wrap justify-center gap-2">
      <Button asChild>
        <Link href={`/w/${slug}/jobs`}>Jobs</Link>
      </Button>
      <Button asChild>
        <Link href={`/w/${slug}/library`}>Library</Link>
      </Button>
    </div>
  );
}
