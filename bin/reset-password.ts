import { resetByEmail } from "@/lib/auth/resets";
import { Email } from "@/lib/auth/schema";
import { closeDb } from "@/lib/db";
import { publicUrl } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { openDatabase } from "./database";
import { configure, loadEnvironment } from "./environment";
import { prepareHome } from "./home";
import { bold, cyan, dim, runMain, say } from "./terminal";

/** For an owner who is locked out: prints a link to set a new password by, for the account with this e-mail. */
await runMain(async () => {
  const email = Email.safeParse(process.argv[2]);
  if (!email.success) {
    throw new AppError("bad_input", "Whose password?", {
      action: "npm run reset-password -- you@example.com",
    });
  }
  const { KINORA_HOME, DATABASE_URL } = loadEnvironment();
  const home = DATABASE_URL ? KINORA_HOME : (await prepareHome(KINORA_HOME)).folder;
  const { url, embedded } = await openDatabase(home, DATABASE_URL);
  configure({ DATABASE_URL: url });
  try {
    const token = await resetByEmail(email.data);
    say(`\n  ${cyan("➜")}  ${bold(`${publicUrl()}/reset/${token}`)}`);
    say(dim("     Sets a new password, once, within 24 hours. All browsers are signed out then.\n"));
  } finally {
    await closeDb();
    await embedded?.stop();
  }
});
