"use client";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef, useTransition } from "react";
import { UploadTray } from "./upload-tray";
import { desk, useUploads } from "./use-uploads";

/** Stands above all pages: the tray, the question before leaving, and a new drawing of what shows the library. */
export function UploadsAbove() {
  useQuestionBeforeLeaving();
  useRefreshOnArrival();
  return <UploadTray />;
}

/** Says who works here, so that what was interrupted goes on. Viewers have nothing to go on with. */
export function ResumeUploads({ userId }: { userId: string }) {
  useEffect(() => void desk.enter(userId), [userId]);
  return null;
}

function useQuestionBeforeLeaving(): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (desk.isBusy()) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, []);
}

function useRefreshOnArrival(): void {
  const router = useRouter();
  const path = usePathname();
  const [, start] = useTransition();
  const done = useUploads().filter(
    ({ state, slug }) => state === "done" && path.startsWith(`/w/${encodeURIComponent(slug)}`),
  ).length;
  const before = useRef(0);
  useEffect(() => {
    if (done > before.current) start(() => router.refresh());
    before.current = done;
  }, [done, router]);
}
