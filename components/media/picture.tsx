"use client";
import { ImageOff } from "lucide-react";
import { type CSSProperties, useEffect, useRef, useState } from "react";
import { cn } from "../ui/cn";
import { hasFailed } from "./use-shown";

/** A picture on black. It fades in when it is there, and says so when it is not. */
export function Picture({
  src,
  alt,
  className,
  style,
  eager = false,
  fit = "cover",
  onLost,
}: {
  src: string | null;
  alt: string;
  className?: string;
  style?: CSSProperties;
  eager?: boolean;
  fit?: "cover" | "contain";
  /** Hears that it could not be shown; a caller may then give another `src`. */
  onLost?: () => void;
}) {
  const [lost, setLost] = useState<string | null>(null);
  const [there, setThere] = useState(false);
  const image = useRef<HTMLImageElement>(null);
  const lose = (what: string | null) => {
    setLost(what);
    onLost?.();
  };
  // It may have come, or failed, before React did listen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: later, the element's own events tell.
  useEffect(() => {
    if (hasFailed(image.current)) lose(src);
    else if (image.current?.complete) setThere(true);
  }, []);
  if (!src || lost === src) {
    return (
      <span
        role="img"
        aria-label={src ? `${alt} (not available at the moment)` : alt}
        style={style}
        className={cn("flex items-center justify-center bg-stage text-white/50", className)}
      >
        <ImageOff aria-hidden="true" className="size-5" />
      </span>
    );
  }
  return (
    // biome-ignore lint/performance/noImgElement: the links are signed and short-lived, and the thumbnails are made.
    <img
      ref={image}
      src={src}
      alt={alt}
      style={style}
      loading={eager ? "eager" : "lazy"}
      decoding="async"
      draggable={false}
      onLoad={() => setThere(true)}
      onError={() => lose(src)}
      className={cn(
        "bg-stage transition-opacity duration-200",
        fit === "cover" ? "object-cover" : "object-contain",
        there ? "opacity-100" : "opacity-0",
        className,
      )}
    />
  );
}
