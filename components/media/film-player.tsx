"use client";
import {
  ChevronFirst,
  Maximize,
  Pause,
  Play,
  Repeat,
  StepBack,
  StepForward,
  Volume2,
  VolumeX,
} from "lucide-react";
import { type CSSProperties, type KeyboardEvent, useRef } from "react";
import type { AssetView } from "@/lib/assets/schema";
import { cn } from "../ui/cn";
import { formatTimecode } from "../ui/format-time";
import { IconButton } from "../ui/icon-button";
import { NotShown } from "./not-shown";
import { describe, shapeOf } from "./shape";
import { useFilm } from "./use-film";
import { useShown } from "./use-shown";

/** A film with timecode, single frames and loop. Its keys work while it has the focus. */
export function FilmPlayer({ film, className }: { film: AssetView; className?: string }) {
  const frame = useRef<HTMLElement>(null);
  const fps = film.fps ?? 24;
  const { ref, state, toggle, step, seek, setLoop, setMuted, on } = useFilm(fps);
  const shown = useShown(film, ref);
  const duration = state.duration || film.durationSeconds || 0;

  const fullscreen = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void frame.current?.requestFullscreen?.();
  };
  const press = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const inControl = (event.target as HTMLElement).closest("button, input") !== null;
    const actions: Record<string, (() => void) | undefined> = {
      " ": inControl ? undefined : toggle,
      k: toggle,
      ArrowLeft: () => step(event.shiftKey ? -fps : -1),
      ArrowRight: () => step(event.shiftKey ? fps : 1),
      ",": () => step(-1),
      ".": () => step(1),
      Home: () => seek(0),
      l: () => setLoop(!state.loop),
      m: () => setMuted(!state.muted),
      f: fullscreen,
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };

  return (
    <figure
      ref={frame}
      onKeyDown={press}
      className={cn("group/film flex flex-col overflow-hidden rounded-lg bg-stage", className)}
    >
      <button
        type="button"
        onClick={toggle}
        aria-label={state.playing ? "Pause the film" : "Play the film"}
        className="relative flex min-h-0 flex-1 items-center justify-center -outline-offset-2"
      >
        <video
          key={shown.src}
          ref={ref}
          src={shown.src ?? undefined}
          onError={shown.onError}
          poster={film.thumbUrl ?? undefined}
          aria-label={describe(film)}
          preload="metadata"
          playsInline
          loop={state.loop}
          muted={state.muted}
          {...on}
          style={{ aspectRatio: shapeOf(film) }}
          className="in-[:fullscreen]:max-h-[calc(100dvh-3.5rem)] max-h-[min(var(--tall),44rem)] w-full object-contain [--tall:56dvh] sm:[--tall:68dvh]"
        />
      </button>
      {shown.because && <NotShown asset={film} because={shown.because} hasPreview={shown.src !== null} />}
      <figcaption className="flex flex-wrap items-center gap-1 bg-black/60 px-2 py-1.5 text-white/90 [&_button]:text-white/80 [&_button:hover]:bg-white/12 [&_button:hover]:text-white">
        <IconButton label={state.playing ? "Pause" : "Play"} keys={["Space"]} onClick={toggle}>
          {state.playing ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
        </IconButton>
        <IconButton
          label="To the beginning"
          keys={["Home"]}
          onClick={() => seek(0)}
          className="max-sm:hidden"
        >
          <ChevronFirst aria-hidden="true" />
        </IconButton>
        <IconButton label="One frame back" keys={["←"]} onClick={() => step(-1)}>
          <StepBack aria-hidden="true" />
        </IconButton>
        <IconButton label="One frame on" keys={["→"]} onClick={() => step(1)}>
          <StepForward aria-hidden="true" />
        </IconButton>
        <input
          type="range"
          aria-label="Place in the film"
          aria-valuetext={formatTimecode(state.time, fps)}
          min={0}
          max={duration || 1}
          step={1 / fps}
          value={Math.min(state.time, duration)}
          onChange={(event) => seek(event.target.valueAsNumber)}
          style={{ "--played": `${duration ? (state.time / duration) * 100 : 0}%` } as CSSProperties}
          className="scrub mx-2 min-w-0 flex-1 max-sm:order-first max-sm:basis-full"
        />
        <span className="figures px-1 text-xs max-sm:mr-auto">
          {formatTimecode(state.time, fps)}
          <span className="text-white/65 max-sm:hidden"> / {formatTimecode(duration, fps)}</span>
        </span>
        <IconButton
          label={state.loop ? "Stop repeating" : "Repeat"}
          keys={["L"]}
          aria-pressed={state.loop}
          onClick={() => setLoop(!state.loop)}
          className="aria-pressed:text-amber!"
        >
          <Repeat aria-hidden="true" />
        </IconButton>
        <IconButton
          label={state.muted ? "Sound on" : "Sound off"}
          keys={["M"]}
          onClick={() => setMuted(!state.muted)}
          className="max-sm:hidden"
        >
          {state.muted ? <VolumeX aria-hidden="true" /> : <Volume2 aria-hidden="true" />}
        </IconButton>
        <IconButton label="Full screen" keys={["F"]} onClick={fullscreen}>
          <Maximize aria-hidden="true" />
        </IconButton>
      </figcaption>
    </figure>
  );
}
