import { endpoint } from "@/lib/http/endpoint";
import { renderMetrics } from "@/lib/http/metrics";
import { answerMetrics } from "@/lib/http/metrics-door";

export const dynamic = "force-dynamic";

/** For Prometheus, behind METRICS_TOKEN: the whole studio, and this web process. */
export const GET = endpoint((request: Request): Promise<Response> => {
  return answerMetrics(request.headers.get("authorization"), renderMetrics);
});
