import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";

const look = cva(
  "relative inline-flex shrink-0 items-center justify-center gap-2 whitespace-nowrap rounded-md font-medium transition-colors select-none disabled:pointer-events-none disabled:opacity-45 aria-disabled:pointer-events-none aria-disabled:opacity-45 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-amber text-amber-ink hover:bg-amber-hover",
        secondary: "border border-line-strong bg-raised text-ink hover:bg-hover active:bg-pressed",
        quiet: "text-ink-2 hover:bg-hover hover:text-ink active:bg-pressed",
        danger:
          "border border-line-strong bg-raised text-danger-text hover:border-danger hover:bg-danger-wash",
      },
      size: {
        sm: "h-7 px-2.5 text-xs coarse:h-9 [&_svg]:size-3.5",
        md: "h-8 px-3 text-sm coarse:h-10 [&_svg]:size-4",
        lg: "h-10 px-4 text-base coarse:h-11 [&_svg]:size-4",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export type ButtonProps = ComponentProps<"button"> &
  VariantProps<typeof look> & {
    /** Renders the child (a link) with this look. */
    asChild?: boolean;
    /** The work has begun: the label stays, a wheel stands over it, presses are ignored. */
    busy?: boolean;
  };

export function Button({
  className,
  variant,
  size,
  asChild,
  busy = false,
  children,
  disabled,
  type = "button",
  ...rest
}: ButtonProps) {
  const classes = cn(look({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type={type}
      className={classes}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      <span className={cn("inline-flex items-center justify-center gap-2", busy && "opacity-0")}>
        {children}
      </span>
      {busy && <Spinner className="absolute" />}
    </button>
  );
}
