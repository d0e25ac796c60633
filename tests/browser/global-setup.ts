import { startApp } from "./start-app";

/** One studio for all specs. Its URL is in KINORA_TEST_URL, set before the workers start. */
export default async function setup(): Promise<() => Promise<void>> {
  const app = await startApp();
  process.env.KINORA_TEST_URL = app.url;
  process.env.KINORA_TEST_HOME = app.home;
  return app.stop;
}
