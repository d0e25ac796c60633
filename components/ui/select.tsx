"use client";
import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { fieldLook } from "./input";
import { floatLook, itemLook, menuLabelLook } from "./menu-look";
import { pageNonce } from "./page-nonce";

export type Option = {
  value: string;
  label: string;
  /** A quiet second line. */
  note?: string;
  icon?: ReactNode;
  /** Stands at the right edge: a price, a count. */
  aside?: ReactNode;
  disabled?: boolean;
  /** Options with the same group stand under that heading. */
  group?: string;
};

type SelectProps = {
  /** Read aloud; with `Field` the visible label does that already. */
  label: string;
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
  options: Option[];
  name?: string;
  id?: string;
  placeholder?: string;
  disabled?: boolean;
  className?: string;
};

/** A choice in a form, as wide as the other fields. */
export function Select({ className, ...rest }: SelectProps) {
  return (
    <SelectRoot {...rest} side="bottom">
      <Radix.Trigger
        id={rest.id}
        aria-label={rest.id ? undefined : rest.label}
        className={cn(
          fieldLook,
          "flex h-9 items-center justify-between gap-2 text-left coarse:h-11 data-placeholder:text-ink-3",
          className,
        )}
      >
        <Radix.Value placeholder={rest.placeholder} />
        <Radix.Icon>
          <ChevronDown aria-hidden="true" className="size-4 text-ink-3" />
        </Radix.Icon>
      </Radix.Trigger>
    </SelectRoot>
  );
}

/** A small rounded value that opens its menu: the settings under a prompt. */
export function PillSelect({
  className,
  icon,
  hint,
  ...rest
}: SelectProps & { icon?: ReactNode; hint?: string }) {
  const chosen = rest.options.find((option) => option.value === rest.value);
  return (
    <SelectRoot {...rest} side="bottom">
      <Radix.Trigger aria-label={rest.label} title={hint} className={cn(pillLook, className)}>
        {icon ?? chosen?.icon}
        <span className="truncate">
          <Radix.Value placeholder={rest.placeholder}>{chosen?.label}</Radix.Value>
        </span>
        <ChevronDown aria-hidden="true" className="size-3 text-ink-3" />
      </Radix.Trigger>
    </SelectRoot>
  );
}

export const pillLook =
  "inline-flex h-8 min-w-0 max-w-56 shrink-0 items-center gap-1.5 rounded-full border border-line-strong bg-transparent px-3 text-ink-2 text-sm transition-colors hover:bg-hover hover:text-ink disabled:opacity-45 data-[state=open]:bg-hover data-[state=open]:text-ink coarse:h-10 [&>svg]:size-3.5 [&>svg]:shrink-0";

function SelectRoot({
  label,
  options,
  onChange,
  side,
  children,
  value,
  defaultValue,
  name,
  disabled,
}: SelectProps & { side: "top" | "bottom"; children: ReactNode }) {
  const groups = [...new Set(options.map((option) => option.group ?? ""))];
  return (
    <Radix.Root
      value={value}
      defaultValue={defaultValue}
      onValueChange={onChange}
      name={name}
      disabled={disabled}
    >
      {children}
      <Radix.Portal>
        <Radix.Content
          position="popper"
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={cn(floatLook, "max-w-[min(24rem,calc(100vw-1rem))]")}
          aria-label={label}
        >
          <Radix.Viewport nonce={pageNonce()}>
            {groups.map((group) => (
              <Radix.Group key={group}>
                {group !== "" && <Radix.Label className={menuLabelLook}>{group}</Radix.Label>}
                {options.filter((o) => (o.group ?? "") === group).map(renderOption)}
              </Radix.Group>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function renderOption({ value, label, note, icon, aside, disabled }: Option) {
  return (
    <Radix.Item key={value} value={value} disabled={disabled} className={cn(itemLook, "pr-8")}>
      {icon}
      <span className="grid min-w-0 flex-1">
        <Radix.ItemText>{label}</Radix.ItemText>
        {note && <span className="text-ink-3 text-xs">{note}</span>}
      </span>
      {aside && <span className="figures pl-3 text-ink-3 text-xs">{aside}</span>}
      <Radix.ItemIndicator className="absolute right-2">
        <Check aria-hidden="true" className="text-amber-text!" />
      </Radix.ItemIndicator>
    </Radix.Item>
  );
}
