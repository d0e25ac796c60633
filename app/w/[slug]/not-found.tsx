import { Film } from "lucide-react";
import { BackToRooms } from "@/components/shell/back-to-rooms";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata = { title: "Not found" };

/** For a job, a picture or a board that is not in this workspace. */
export default function NotFound() {
  return (
    <EmptyState
      className="py-28"
      picture={<Film aria-hidden="true" strokeWidth={1.5} />}
      heading="h1"
      title="This is not here"
      action={<BackToRooms />}
    >
      It may have been deleted for good, or it hangs in another workspace. Check the address, or look for it
      among the jobs and in the library.
    </EmptyState>
  );
}
