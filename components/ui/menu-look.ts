/** Everything that floats over the page: menus, selects, popovers. */
export const floatLook =
  "z-50 max-h-[min(28rem,var(--radix-popper-available-height))] min-w-44 overflow-y-auto rounded-lg border border-line-strong bg-raised p-1 text-ink shadow-float data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98 data-[state=closed]:animate-out data-[state=closed]:fade-out-0 duration-100";

export const itemLook =
  "relative flex min-h-8 cursor-default select-none items-center gap-2.5 rounded-sm px-2 py-1 text-sm outline-none data-highlighted:bg-hover data-disabled:opacity-45 coarse:min-h-10 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-3";

export const menuLabelLook = "px-2 pt-2 pb-1 overline-label";
export const menuLineLook = "-mx-1 my-1 h-px bg-line";
