/** The studio: the only place that spends. */

import "./programs";

export { type CapReached, holdForJob, raiseHoldForJob, releaseJob } from "@/lib/budget";
export type { Ask, Scope } from "./ask";
export { estimate, neededFor } from "./estimate";
export { findGeneration } from "./generations";
export { giveUp, type Verdict } from "./give-up";
export { makeLocally } from "./make-locally";
export {
  chosenModels,
  listModels,
  listProviders,
  offered,
  providerOfModel,
  requireModel,
} from "./models";
export { lookAt, order } from "./order";
export { listOrphans, sweepOrphans } from "./orphans";
export { listTakes, requirePicture } from "./pictures";
export { type Findings, reconcileStudio } from "./reconcile";
export { tidySpool } from "./spool-keeper";
export type { Done, Ended, Standing, Uncertain } from "./standing";
export { sweepMedia } from "./sweep";
export { closeWebhook, type Delivery, openWebhook, webhookHeaders } from "./webhooks";
export { isLocal, type LocalWork, type OrderWork, type Work } from "./work";
export * from "./works";
