import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { DatabaseUrlError, readDatabaseUrl } from "./database-url";

/** The kinds of values that variables have: each takes what people reasonably write, or says how to mend it. */

/** An unset variable and an empty one mean the same. */
export const optional = <T extends z.ZodType>(type: T) =>
  z.preprocess((v) => (v === "" ? undefined : v), type.optional());
export const text = () => optional(z.string());
const httpUrl = z.url({ protocol: /^https?$/, error: "must be a URL such as https://kinora.example" });
export const url = () => optional(httpUrl);

/** Never to be seen, in a log for one. */
export const secret = <T extends z.ZodType>(type: T): T => type.meta({ ...type.meta(), secret: true });
/** Found under these older or platform-specific names too, where its own is unset. */
export const also = <T extends z.ZodType>(type: T, ...names: string[]): T =>
  type.meta({ ...type.meta(), names });

export function isSecret(type: z.ZodType): boolean {
  return type.meta()?.secret === true;
}

export function namesBeside(type: z.ZodType): string[] {
  return (type.meta()?.names as string[] | undefined) ?? [];
}

/** What editors, shells and `docker run --env-file` leave around a value. */
export function tidy(value: string | undefined): string | undefined {
  const bare = value?.replace(/^\ufeff/, "").trim();
  return bare && /^(["'])[\s\S]*\1$/.test(bare) && bare.length > 1 ? bare.slice(1, -1).trim() : bare;
}

/** Where people open the studio: scheme, host and port. */
export const origin = () =>
  optional(
    httpUrl.transform((value, context) => {
      const at = new URL(value);
      // NextAuth's own variable ends so.
      const path = at.pathname.replace(/\/api\/auth\/?$/, "/");
      const problem =
        path !== "/" || at.search || at.hash
          ? `must end with the host: Kinora cannot live under a path. Give it a host name of its own, such as ${at.protocol}//kinora.example, and let the proxy pass all of it on`
          : at.username || at.password
            ? "must not carry a user or password: people sign in to Kinora itself"
            : undefined;
      if (problem) context.addIssue({ code: "custom", message: problem });
      return `${at.protocol}//${at.host.replace(/\.(?=:|$)/, "")}`;
    }),
  );

/** A folder or program on this machine; `~` is the home of whoever starts Kinora. */
export const path = z.string().transform((value, context) => {
  const below = /^(?:~|\$HOME|\$\{HOME\}|%USERPROFILE%)(?:[/\\]+(.*))?$/i.exec(value);
  if (below) return join(homedir(), below[1] ?? "");
  const problem = /^~/.test(value)
    ? "must be written out: the homes of other people are not looked up"
    : /^file:/i.test(value)
      ? "must be a path, without file://"
      : /^[a-z]:[\\/]/i.test(value) && process.platform !== "win32"
        ? "is a path of Windows, and this is not Windows"
        : /\0/.test(value)
          ? "must not hold a NUL character"
          : undefined;
  if (problem) context.addIssue({ code: "custom", message: problem });
  return value;
});

/** An address to listen on. */
export const listenHost = z
  .string()
  .transform((value) => value.replace(/^\[(.*)\]$/, "$1"))
  .refine(
    (value) => /^[\w.:%-]+$/.test(value) && !/^[^:]*:[^:]*$/.test(value),
    "must be an address to listen on, such as 127.0.0.1 or 0.0.0.0, without http:// and port (that is PORT)",
  );

/** The name of a bucket, also when it was written as an address. */
export const bucket = () =>
  optional(
    z
      .string()
      .transform((value) => value.replace(/^s3:\/\//i, "").replace(/\/+$/, ""))
      .refine(
        (name) => /^[\w.-]+$/.test(name),
        "must be the bucket's name alone: folders within a bucket are not used, and its address is S3_ENDPOINT_URL",
      ),
  );

/** The value itself, once it can be read. */
export const databaseUrl = () =>
  optional(
    z
      .string()
      .transform((value) => value.replace(/^psql\s+(["']?)([\s\S]*)\1$/, "$2").trim())
      .superRefine((value, context) => {
        try {
          readDatabaseUrl(value);
        } catch (error) {
          if (!(error instanceof DatabaseUrlError)) throw error;
          context.addIssue({ code: "custom", message: error.message });
        }
      }),
  );
