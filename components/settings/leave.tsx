"use client";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/errors";

export function LeaveWorkspace({
  name,
  action,
}: {
  name: string;
  action: (input: Record<string, never>) => Promise<ActionResult<void>>;
}) {
  const router = useRouter();
  const leave = async () => {
    const result = await action({});
    if (result.ok) router.push("/");
    else toast.error(result.error);
  };
  return (
    <Confirm
      trigger={
        <Button variant="danger" className="justify-self-start">
          Leave {name}
        </Button>
      }
      title={`Leave ${name}?`}
      description="You lose sight of everything in it. To come back you need a new invitation."
      action="Leave"
      cancel="Stay"
      danger
      onConfirm={leave}
    />
  );
}
