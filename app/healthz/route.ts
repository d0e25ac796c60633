import { answerHealth } from "@/lib/http/health";

export const dynamic = "force-dynamic";

/** For a platform's health check: 200 while the app can serve, 503 when something under it is broken. */
export const GET = (): Promise<Response> => answerHealth();
