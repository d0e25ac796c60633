"use client";
import { useCallback, useEffect, useRef, useState } from "react";

export type FilmState = {
  playing: boolean;
  time: number;
  duration: number;
  loop: boolean;
  muted: boolean;
};

/** A video element with its state, stepping by whole frames. */
export function useFilm(fps: number) {
  const ref = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<FilmState>({
    playing: false,
    time: 0,
    duration: 0,
    loop: true,
    muted: false,
  });
  const change = useCallback((part: Partial<FilmState>) => setState((now) => ({ ...now, ...part })), []);

  // "timeupdate" comes four times a second: too rarely for a timecode.
  useEffect(() => {
    if (!state.playing) return;
    let frame = requestAnimationFrame(function look() {
      if (ref.current) change({ time: ref.current.currentTime });
      frame = requestAnimationFrame(look);
    });
    return () => cancelAnimationFrame(frame);
  }, [state.playing, change]);

  // The poster stands until somebody plays or seeks: this shows the sharp first frame as soon as it is there.
  const showFirstFrame = useCallback(() => {
    const video = ref.current;
    if (video?.paused && video.currentTime === 0) video.currentTime = 0.5 / fps;
  }, [fps]);

  // The film may have come before React did.
  useEffect(() => {
    const video = ref.current;
    if (!video) return;
    if (video.readyState >= 1) change({ duration: video.duration });
    if (video.readyState >= 2) showFirstFrame();
  }, [change, showFirstFrame]);

  const toggle = useCallback(() => {
    const video = ref.current;
    if (!video) return;
    if (video.paused) void video.play().catch(() => change({ playing: false }));
    else video.pause();
  }, [change]);

  const seek = useCallback((seconds: number) => {
    const video = ref.current;
    if (video) video.currentTime = Math.min(Math.max(0, seconds), video.duration || 0);
  }, []);

  const step = useCallback(
    (frames: number) => {
      const video = ref.current;
      if (!video) return;
      video.pause();
      // Half a frame in: the middle of a frame is never taken for its neighbour.
      const at = Math.floor(video.currentTime * fps + 1e-3) + Math.round(frames);
      seek((Math.max(0, at) + 0.5) / fps);
    },
    [fps, seek],
  );

  const on = {
    onPlay: () => change({ playing: true }),
    onPause: () => change({ playing: false }),
    onTimeUpdate: () => ref.current && change({ time: ref.current.currentTime }),
    onSeeked: () => ref.current && change({ time: ref.current.currentTime }),
    onLoadedData: showFirstFrame,
    onLoadedMetadata: () => ref.current && change({ duration: ref.current.duration }),
  };
  return {
    ref,
    state,
    toggle,
    seek,
    step,
    on,
    setLoop: (loop: boolean) => change({ loop }),
    setMuted: (muted: boolean) => change({ muted }),
  };
}
