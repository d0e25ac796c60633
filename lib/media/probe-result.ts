import type { Colour } from "./colour";
import type { Identity } from "./identify";

/**
 * What a media file holds, measured once for all who use it. Sizes are what is seen (upright, square pixels), times
 * are seconds; null where it does not apply.
 */
export type Probe = Readonly<
  Identity & {
    width: number | null;
    height: number | null;
    /** What a player shows: picture and sound, from the first to the last of either. */
    durationSeconds: number | null;
    /** From the first to the end of the last frame that is seen. */
    pictureSeconds: number | null;
    /** Of a recording as decoded, of a film's sound as its container has it. */
    soundSeconds: number | null;
    /** The first and the start of the last frame, from the beginning of the file. */
    firstFrameSeconds: number | null;
    lastFrameSeconds: number | null;
    /** Average frames per second. */
    fps: number | null;
    /** Whether all frames last equally long. */
    constantRate: boolean | null;
    /** Counted, without those that an edit list hides. */
    frames: number | null;
    colour: Colour | null;
    hasAudio: boolean;
    hasAlpha: boolean;
    videoCodec: string | null;
    audioCodec: string | null;
    sampleRateHz: number | null;
    channels: number | null;
    /** Numbers of the streams that are seen and heard, as ffmpeg's -map takes them. */
    pictureStream: number | null;
    soundStream: number | null;
    /** A sentence that says why browsers do not play it; null when they do. */
    unplayableBecause: string | null;
    /** False for a picture that only some browsers show upright. */
    turnedByBrowsers: boolean;
  }
>;

/** The part of a Probe that is about time, sound and colour, for a file that has none. */
export const NOTHING_TO_PLAY = {
  ...{ durationSeconds: null, pictureSeconds: null, soundSeconds: null },
  ...{ firstFrameSeconds: null, lastFrameSeconds: null, fps: null, constantRate: null, frames: null },
  ...{ colour: null, hasAudio: false, videoCodec: null, audioCodec: null },
  ...{ sampleRateHz: null, channels: null, pictureStream: null, soundStream: null },
  ...{ unplayableBecause: null, turnedByBrowsers: true },
} as const;
