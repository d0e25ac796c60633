import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { ConnectionGuard } from "@/components/connection/connection-guard";
import { THEME_COOKIE, toTheme } from "@/components/theme";
import { NowProvider } from "@/components/ui/now";
import { Toaster } from "@/components/ui/toast";
import { TooltipProvider } from "@/components/ui/tooltip";
import { UploadsAbove } from "@/components/upload/uploads-above";
import "./globals.css";

const inter = localFont({
  src: [
    { path: "./fonts/inter-400.woff2", weight: "400" },
    { path: "./fonts/inter-500.woff2", weight: "500" },
    { path: "./fonts/inter-600.woff2", weight: "600" },
  ],
  variable: "--font-inter",
  adjustFontFallback: "Arial",
});

export const metadata: Metadata = {
  title: { default: "Kinora", template: "%s · Kinora" },
  description: "A self-hosted AI media studio for teams.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  viewportFit: "cover",
  themeColor: "#0b0b0b",
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = toTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang="en" data-theme={theme} className={inter.variable}>
      <body className="min-h-dvh font-sans">
        <NowProvider serverNow={Date.now()}>
          <TooltipProvider>
            {children}
            <UploadsAbove />
          </TooltipProvider>
        </NowProvider>
        <ConnectionGuard />
        <Toaster />
      </body>
    </html>
  );
}
