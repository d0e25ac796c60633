import { z } from "zod";
import { line } from "@/lib/text";

/** E-mail addresses are kept trimmed and in lower case, so that one person has one. */
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "At most 254 characters.")
  .pipe(z.email("Write an e-mail address such as ada@example.org."));

export const PASSWORD_MIN_LENGTH = 10;
export const NewPassword = z
  .string()
  .min(PASSWORD_MIN_LENGTH, `Use ${PASSWORD_MIN_LENGTH} characters or more.`)
  .max(200, "At most 200 characters.");

export const PersonName = line({ max: 80, empty: "Write your name." });
const notTheEmail = <T extends { email: string; password: string }>(form: T) =>
  form.password.toLowerCase() !== form.email;
const NOT_THE_EMAIL = { message: "Use something other than your e-mail.", path: ["password"] };

export const SignInForm = z.object({
  email: Email,
  password: z.string().min(1, "Write your password.").max(200, "At most 200 characters."),
});
export type SignInForm = z.infer<typeof SignInForm>;

/** The first visitor, and the code from the terminal where one is asked for. */
export const OwnerForm = z
  .object({
    name: PersonName,
    email: Email,
    password: NewPassword,
    code: line({ max: 200 }).default(""),
  })
  .refine(notTheEmail, NOT_THE_EMAIL);
export type OwnerForm = z.infer<typeof OwnerForm>;

/** A new account by invitation. */
export const JoinForm = z
  .object({ token: z.string().max(100), name: PersonName, email: Email, password: NewPassword })
  .refine(notTheEmail, NOT_THE_EMAIL);
export type JoinForm = z.infer<typeof JoinForm>;

/** A new password by a link. */
export const ResetForm = z.object({ token: z.string().max(100), password: NewPassword });
export type ResetForm = z.infer<typeof ResetForm>;

export const ProfileForm = z.object({ name: PersonName });

export const PasswordForm = z.object({
  /** Empty for people who have only signed in with an identity provider so far. */
  current: z.string().max(200).default(""),
  password: NewPassword,
});
export type PasswordForm = z.infer<typeof PasswordForm>;

/** Where an identity provider leads back to when it was asked for from the account page. */
export const CONNECT_PATH = "/account?connected";

/** A signed-in browser, as the account page shows it. Times are ISO 8601. */
export type SessionView = {
  id: string;
  /** Such as "Firefox on Linux". */
  device: string;
  current: boolean;
  createdAt: string;
  lastSeenAt: string;
};

export type User = { id: string; name: string; email: string };
