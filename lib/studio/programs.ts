import { env } from "@/lib/env";
import { configureMedia } from "@/lib/media";

// lib/media knows no app and reads no environment: whoever loads the studio tells it which programs to use.
configureMedia({ ffmpegPath: env().FFMPEG_BIN, ffprobePath: env().FFPROBE_BIN });
