import Link from "next/link";
import { MessagePage } from "@/components/message-page";
import { Button } from "@/components/ui/button";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <MessagePage
      title="There is nothing here"
      actions={
        <Button asChild variant="primary">
          <Link href="/">Go to the studio</Link>
        </Button>
      }
    >
      This page does not exist, or it belongs to a workspace you are not a member of.
    </MessagePage>
  );
}
