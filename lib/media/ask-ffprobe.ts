import { z } from "zod";
import type { Identity } from "./identify";
import { damaged } from "./media-error";
import { findProgram, isBundled } from "./programs";
import { decoderLimits, hardening } from "./run-ffmpeg";
import { ProgramFailure, type ProgramOptions, runProgram } from "./run-program";

const Numeric = z.coerce.number().optional().catch(undefined);
const SideData = z.object({
  rotation: Numeric,
  ...{ crop_top: Numeric, crop_bottom: Numeric, crop_left: Numeric, crop_right: Numeric },
});
const Stream = z.object({
  ...{ index: z.number(), codec_type: z.string().optional(), codec_name: z.string().optional() },
  ...{ profile: z.string().optional().catch(undefined), pix_fmt: z.string().optional() },
  ...{ width: Numeric, height: Numeric, sample_aspect_ratio: z.string().optional() },
  ...{ color_space: z.string().optional(), color_transfer: z.string().optional() },
  color_primaries: z.string().optional(),
  ...{ avg_frame_rate: z.string().optional(), nb_frames: Numeric },
  ...{ sample_rate: Numeric, channels: Numeric },
  disposition: z.object({ attached_pic: Numeric }).optional(),
  tags: z.object({ rotate: Numeric }).optional(),
  side_data_list: z.array(SideData).optional(),
});
export type Stream = z.infer<typeof Stream>;

const Answer = z.object({
  streams: z.array(Stream).default([]),
  format: z.object({ duration: Numeric, start_time: Numeric }).default({}),
});
export type Described = z.infer<typeof Answer>;

/** One packet as its container has it; times in seconds, `hidden` when an edit list leaves it out. */
export type Packet = { stream: number; start: number; length: number; hidden: boolean };

/** The one demuxer that a file of this identity may be opened with. */
const DEMUXERS: Record<string, string> = {
  ...{ mp4: "mov,mp4,m4a,3gp,3g2,mj2", m4a: "mov,mp4,m4a,3gp,3g2,mj2", mov: "mov,mp4,m4a,3gp,3g2,mj2" },
  ...{ webm: "matroska,webm", mp3: "mp3", aac: "aac", wav: "wav", flac: "flac", ogg: "ogg" },
};

/** Options before `-i` that open a file of this identity with the demuxer of its kind alone, whatever it resembles. */
export function demuxing({ extension }: Identity): { formats: string[]; options: string[] } {
  const formats = (DEMUXERS[extension] ?? "").split(",");
  return { formats, options: ["-f", formats[0] ?? ""] };
}

/** What ffprobe says of a file's streams. Throws MediaError `invalid`. */
export async function describeStreams(
  path: string,
  identity: Identity,
  signal?: AbortSignal,
): Promise<Described> {
  const args = ["-print_format", "json", "-show_format", "-show_streams"];
  try {
    const { stdout } = await ask(path, identity, args, { timeLimitSeconds: 30, signal });
    return Answer.parse(JSON.parse(stdout.toString("utf8")));
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError) throw damaged(identity.kind, error);
    throw error;
  }
}

/**
 * Reads a file's packets to its end, without decoding them; true where it ended amid one. Throws MediaError `invalid`
 * when data is missing that the container's index points to.
 */
export async function readPackets(
  path: string,
  identity: Identity,
  onPacket: (packet: Packet) => void,
  signal?: AbortSignal,
): Promise<boolean> {
  const args = [
    "-show_entries",
    "packet=stream_index,pts_time,dts_time,duration_time,flags",
    "-of",
    "csv=p=0",
  ];
  let rest = "";
  const onStdout = (chunk: Buffer) => {
    const lines = (rest + chunk.toString("latin1")).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const [stream, pts, dts, length, flags = ""] = line.split(",");
      const start = Number.isNaN(Number(pts)) ? Number(dts) : Number(pts);
      if (!stream || Number.isNaN(start)) continue;
      onPacket({ stream: Number(stream), start, length: Number(length) || 0, hidden: flags.includes("D") });
    }
  };
  const { stderrTail } = await ask(path, identity, args, { timeLimitSeconds: 120, signal, onStdout });
  if (stderrTail.includes("partial file")) throw damaged(identity.kind, new Error(stderrTail));
  return stderrTail.includes("ended prematurely");
}

async function ask(path: string, identity: Identity, args: string[], options: ProgramOptions) {
  const ffprobe = await findProgram("ffprobe");
  const { formats, options: demuxer } = demuxing(identity);
  const input = [
    ...hardening(formats),
    ...(await decoderLimits("ffprobe")),
    ...demuxer,
    "-i",
    `file:${path}`,
  ];
  try {
    return await runProgram(ffprobe, ["-hide_banner", "-loglevel", "error", ...args, ...input], {
      ...options,
      confined: await isBundled("ffprobe"),
    });
  } catch (error) {
    throw error instanceof ProgramFailure ? damaged(identity.kind, error) : error;
  }
}
