"use client";
import { MessagePage } from "@/components/message-page";
import { Button } from "@/components/ui/button";
import "./globals.css";

/** Stands in for the whole page, its frame included. */
export default function GlobalError({ retry }: { error: Error; retry: () => void }) {
  return (
    <html lang="en" data-theme="dark">
      <body className="min-h-dvh font-sans">
        <title>Kinora could not be shown</title>
        <MessagePage
          title="Kinora could not be shown"
          actions={
            // A form: where this page was drawn when Kinora was built, its scripts may not run.
            <form
              onSubmit={(event) => {
                event.preventDefault();
                retry();
              }}
            >
              <Button type="submit" variant="primary">
                Try again
              </Button>
            </form>
          }
        >
          Your work is not touched: jobs go on, and nothing is paid again. If this stays, look at the server’s
          log or run <code className="font-mono text-sm">npm run doctor</code>.
        </MessagePage>
      </body>
    </html>
  );
}
