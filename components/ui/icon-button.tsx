import type { ComponentProps, ReactNode } from "react";
import { Button, type ButtonProps } from "./button";
import { cn } from "./cn";
import { Tooltip } from "./tooltip";

const SIDE = { sm: "size-7 coarse:size-9", md: "size-8 coarse:size-10", lg: "size-10 coarse:size-11" };

/** A button that shows only an icon; its label is read aloud and appears on hover and focus. */
export function IconButton({
  label,
  keys,
  side,
  size = "md",
  variant = "quiet",
  className,
  children,
  ...rest
}: Omit<ButtonProps, "aria-label"> & {
  label: string;
  keys?: string[];
  side?: ComponentProps<typeof Tooltip>["side"];
  children: ReactNode;
}) {
  return (
    <Tooltip text={label} keys={keys} side={side}>
      <Button
        aria-label={label}
        size={size}
        variant={variant}
        className={cn("px-0", SIDE[size ?? "md"], className)}
        {...rest}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
