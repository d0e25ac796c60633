import { createServer } from "node:http";
import { serve } from "inngest/node";
import { functions, inngest } from "@/inngest";

/** The worker of a chaos run where workers cannot connect: the Inngest server calls it over HTTP. */
createServer(serve({ client: inngest, functions })).listen(
  Number(process.env.CHAOS_SERVE_PORT),
  "127.0.0.1",
  () => console.log("worker ready"),
);
