/** What `npm start` runs with: the process environment first, then .dev.vars, then values made for this machine. */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { z } from "zod";

export const root = join(import.meta.dirname, "../..");

const settings = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(8787),
  STATE_DIR: z.string().default(join(root, ".wrangler/state")),
  /** Renderers that run already, separated by commas, instead of ones of our own. */
  RENDERER_URL: z.preprocess((value) => value || undefined, z.string().optional()),
  /** Renderers of our own. More than the machine has pairs of cores make nothing faster. */
  RENDERERS: z.coerce.number().int().min(1).max(16).default(1),
});
export type LocalSettings = {
  port: number;
  stateDir: string;
  rendererUrl: string | undefined;
  rendererCount: number;
  variables: Record<string, string>;
};

/** Variables of .dev.vars.example that are handed to the Worker as they are. */
const handedOn = [
  "ACCESS_TOKEN_TTL_SECONDS",
  "JWT_SECRET",
  "USER_REQUESTS_PER_SECOND",
  "RENDER_FAN_OUT",
  "MODELS_API_BASE",
  "MODELS_ACCOUNT_ID",
  "MODELS_API_TOKEN",
  "SCRIPT_MODEL",
  "PICTURE_MODEL",
  "VOICE_MODELS",
  "DNS_RESOLVER_URL",
  "PUBLIC_URL",
  "ADMIN_EMAILS",
  "CORS_ORIGINS",
  "MAIL_API_BASE",
  "MAIL_API_KEY",
  "MAIL_FROM",
  "SENTRY_DSN",
  "STRIPE_SECRET_KEY",
  "STRIPE_WEBHOOK_SECRET",
  "STRIPE_API_BASE",
  "STRIPE_PRICE_PRO",
  "STRIPE_PRICE_PREMIUM",
  "MPESA_CONSUMER_KEY",
  "MPESA_CONSUMER_SECRET",
  "MPESA_PASSKEY",
  "MPESA_BUSINESS_SHORTCODE",
  "MPESA_TILL_NUMBER",
  "MPESA_API_BASE",
  "MPESA_INITIATOR_NAME",
  "MPESA_SECURITY_CREDENTIAL",
  "GOOGLE_CLIENT_ID",
  "GOOGLE_CLIENT_SECRET",
  "GOOGLE_BASE",
  "GITHUB_CLIENT_ID",
  "GITHUB_CLIENT_SECRET",
  "GITHUB_BASE",
] as const;

/** Throws with one clear sentence when a value cannot be used. */
export async function readLocalSettings(): Promise<LocalSettings> {
  const given = { ...(await readDevVars()), ...process.env };
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "));
  }
  const stateDir = resolve(parsed.data.STATE_DIR);
  const variables: Record<string, string> = {
    ENVIRONMENT: "development",
    RENDER_PARALLELISM: "1",
    RENDER_FAN_OUT: "1",
  };
  for (const name of handedOn) {
    const value = given[name];
    if (value) variables[name] = value;
  }
  variables.JWT_SECRET ??= await keptSecret(stateDir);
  const { PORT: port, RENDERER_URL: rendererUrl, RENDERERS: rendererCount } = parsed.data;
  return { port, stateDir, rendererUrl, rendererCount, variables };
}

async function readDevVars(): Promise<Record<string, string | undefined>> {
  try {
    return parseEnv(await readFile(join(root, ".dev.vars"), "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}

/** Made once and kept with the state, so that sign-ins outlive a restart. */
async function keptSecret(stateDir: string): Promise<string> {
  const path = join(stateDir, "jwt-secret");
  await mkdir(stateDir, { recursive: true });
  try {
    await writeFile(path, randomBytes(32).toString("base64url"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFile(path, "utf8");
}
