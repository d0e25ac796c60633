"use client";
import Link from "next/link";
import { MessagePage } from "@/components/message-page";
import { Button } from "@/components/ui/button";

export default function ErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <MessagePage
      title="This page could not be shown"
      actions={
        <>
          <Button variant="primary" onClick={() => retry()}>
            Try again
          </Button>
          <Button asChild>
            <Link href="/">Go to the studio</Link>
          </Button>
        </>
      }
    >
      <p>Your work is not touched: jobs go on, and nothing is paid again.</p>
      {error.digest && (
        <p className="mt-2 text-ink-3 text-xs">
          In the server’s log: <span className="font-mono">{error.digest}</span>
        </p>
      )}
    </MessagePage>
  );
}
