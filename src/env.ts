import { z } from "zod";
import { isPageOrigin } from "./contract/keys.ts";
import type { CreditLedger } from "./objects/credit-ledger.ts";
import type { DarajaToken } from "./objects/daraja-token.ts";
import type { RateWindow } from "./objects/rate-window.ts";
import type { RenderContainer } from "./objects/render-container.ts";
import type { RenderRoom } from "./objects/render-room.ts";

/** What wrangler.toml binds. */
export type Bindings = {
  DB: D1Database;
  FILES: R2Bucket;
  RENDER_QUEUE: Queue;
  PRIORITY_RENDER_QUEUE: Queue;
  PART_QUEUE: Queue;
  PAYMENT_QUEUE: Queue;
  MAIL_QUEUE: Queue;
  ACCOUNT_QUEUE: Queue;
  CREDIT_LEDGER: DurableObjectNamespace<CreditLedger>;
  RENDER_ROOM: DurableObjectNamespace<RenderRoom>;
  DARAJA_TOKEN: DurableObjectNamespace<DarajaToken>;
  RATE_WINDOW: DurableObjectNamespace<RateWindow>;
  RENDER_CONTAINER: DurableObjectNamespace<RenderContainer>;
  ASSETS: Fetcher;
  RATE_LIMIT_ADDRESS: RateLimit;
  RATE_LIMIT_USER: RateLimit;
  /** Only where wrangler.toml binds it. */
  METRICS?: AnalyticsEngineDataset;
  /** Workers AI; only where wrangler.toml binds it. */
  AI?: Ai;
  /** Cloudflare's Email Service; only where wrangler.toml binds it. */
  EMAIL?: SendEmail;
};

const blankIsUnset = (value: unknown) => (value === "" ? undefined : value);

const optionalText = z.preprocess(blankIsUnset, z.string().optional());
const httpAddress = z.url({ protocol: /^https?$/ });

const mailProvider = "https://api.resend.com";

const variables = z.object({
  ENVIRONMENT: z.enum(["production", "development"]).default("production"),
  /** Signs access tokens and links. */
  JWT_SECRET: z.string().min(32, "needs at least 32 characters: wrangler secret put JWT_SECRET"),
  ACCESS_TOKEN_TTL_SECONDS: z.coerce
    .number()
    .int()
    .min(60)
    .max(30 * 86_400)
    .default(86_400),
  /** More than 30 need a wider shield, too: RATE_LIMIT_USER in wrangler.toml. */
  USER_REQUESTS_PER_SECOND: z.preprocess(blankIsUnset, z.coerce.number().int().min(1).max(10_000).default(10)),
  /** Renderers spoken to over HTTP instead of the container, separated by commas. */
  RENDERER_URL: z.preprocess(
    (value) => (typeof value === "string" && value !== "" ? value.split(",").map((url) => url.trim()) : undefined),
    z
      .array(z.url({ protocol: /^https?$/ }))
      .min(1)
      .optional(),
  ),
  RENDER_PARALLELISM: z.coerce.number().int().min(1).max(1000).default(1),
  /** Containers that one long video's segments may be spread over; 1: never more than one. */
  RENDER_FAN_OUT: z.coerce.number().int().min(1).max(16).default(1),
  /** DNS over HTTPS, answering JSON, for names that callers give to be fetched; a public one in production. */
  DNS_RESOLVER_URL: z.preprocess(blankIsUnset, z.url({ protocol: /^https?$/ }).optional()),
  /** Workers AI over HTTP, where it is not bound: its address, an account's id and a token for it. */
  MODELS_API_BASE: z.preprocess(blankIsUnset, z.url({ protocol: /^https?$/ }).default("https://api.cloudflare.com")),
  MODELS_ACCOUNT_ID: z.preprocess(blankIsUnset, z.string().optional()),
  MODELS_API_TOKEN: z.preprocess(blankIsUnset, z.string().optional()),
  /** Models by name; `off` where none is to be used. */
  SCRIPT_MODEL: z.preprocess(blankIsUnset, z.string().default("@cf/meta/llama-3.3-70b-instruct-fp8-fast")),
  PICTURE_MODEL: z.preprocess(blankIsUnset, z.string().default("@cf/black-forest-labs/flux-1-schnell")),
  /** `language=model`, separated by commas. */
  VOICE_MODELS: z.preprocess(
    blankIsUnset,
    z.string().default("en=@cf/deepgram/aura-2-en,es=@cf/deepgram/aura-2-es,fr=@cf/myshell-ai/melotts"),
  ),
  /** Where the world reaches this service: callbacks and receipts name it. Unset: where each request came to. */
  PUBLIC_URL: z.preprocess(blankIsUnset, httpAddress.optional()),
  /** Who operates the service, separated by commas. */
  ADMIN_EMAILS: z.preprocess(blankIsUnset, z.string().default("")),
  /** A mail provider that speaks Resend's API; its address, another one in development only, and a key for it. */
  MAIL_API_BASE: z.preprocess(blankIsUnset, httpAddress.default(mailProvider)),
  MAIL_API_KEY: optionalText,
  /** `Name <address>`: whom mail comes from. */
  MAIL_FROM: optionalText,
  /** Pages of ours on other origins, separated by commas: they may call with credentials. */
  CORS_ORIGINS: z
    .string()
    .default("")
    .transform((text) => text.split(",").flatMap((origin) => origin.trim() || []))
    .pipe(z.array(z.string().refine(isPageOrigin, "exact origins, such as https://studio.example.com, and commas"))),
  /** Where errors are reported: `https://key@host/project`, as Sentry shows it. */
  SENTRY_DSN: z.preprocess(blankIsUnset, httpAddress.optional()),
  STRIPE_SECRET_KEY: optionalText,
  /** One, or two separated by a comma while a secret is being changed. */
  STRIPE_WEBHOOK_SECRET: optionalText,
  /** A stand-in's address, in development only. */
  STRIPE_API_BASE: z.preprocess(blankIsUnset, httpAddress.optional()),
  /** Prices made in the dashboard; without them they are found, or made, by their lookup keys. */
  STRIPE_PRICE_PRO: optionalText,
  STRIPE_PRICE_PREMIUM: optionalText,
  MPESA_CONSUMER_KEY: optionalText,
  MPESA_CONSUMER_SECRET: optionalText,
  MPESA_PASSKEY: optionalText,
  MPESA_BUSINESS_SHORTCODE: optionalText,
  /** The till number, where payments go to a till: then the shortcode is the head office's. */
  MPESA_TILL_NUMBER: optionalText,
  /** https://api.safaricom.co.ke or https://sandbox.safaricom.co.ke; another one in development only. */
  MPESA_API_BASE: z.preprocess(blankIsUnset, httpAddress.default("https://api.safaricom.co.ke")),
  /** For refunds by reversal and for asking about a receipt: an initiator, and its password encrypted with Safaricom's certificate. */
  MPESA_INITIATOR_NAME: optionalText,
  MPESA_SECURITY_CREDENTIAL: optionalText,
  GOOGLE_CLIENT_ID: optionalText,
  GOOGLE_CLIENT_SECRET: optionalText,
  /** A stand-in's address, in development only; of GitHub too. */
  GOOGLE_BASE: z.preprocess(blankIsUnset, httpAddress.optional()),
  GITHUB_CLIENT_ID: optionalText,
  GITHUB_CLIENT_SECRET: optionalText,
  GITHUB_BASE: z.preprocess(blankIsUnset, httpAddress.optional()),
});
export type Variables = z.infer<typeof variables>;

const safaricomHosts = ["https://api.safaricom.co.ke", "https://sandbox.safaricom.co.ke"];

/** In production money is asked of the real providers alone. */
const checked = variables.superRefine((settings, context) => {
  const refuse = (name: string, message: string) => context.addIssue({ code: "custom", path: [name], message });
  if (settings.MAIL_API_KEY !== undefined && settings.MAIL_FROM === undefined)
    refuse("MAIL_FROM", "is needed with MAIL_API_KEY: whom mail comes from");
  if (settings.ENVIRONMENT !== "production") return;
  if (settings.MAIL_API_BASE.replace(/\/$/, "") !== mailProvider) refuse("MAIL_API_BASE", "is for development only");
  if (settings.GOOGLE_BASE !== undefined) refuse("GOOGLE_BASE", "is for development only");
  if (settings.GITHUB_BASE !== undefined) refuse("GITHUB_BASE", "is for development only");
  if ((settings.GOOGLE_CLIENT_ID === undefined) !== (settings.GOOGLE_CLIENT_SECRET === undefined))
    refuse("GOOGLE_CLIENT_ID", "and GOOGLE_CLIENT_SECRET are of use only together");
  if ((settings.GITHUB_CLIENT_ID === undefined) !== (settings.GITHUB_CLIENT_SECRET === undefined))
    refuse("GITHUB_CLIENT_ID", "and GITHUB_CLIENT_SECRET are of use only together");
  if (settings.STRIPE_API_BASE !== undefined) refuse("STRIPE_API_BASE", "is for development only");
  if (!safaricomHosts.includes(settings.MPESA_API_BASE.replace(/\/$/, "")))
    refuse("MPESA_API_BASE", `is one of ${safaricomHosts.join(", ")}`);
  if (settings.STRIPE_SECRET_KEY !== undefined && settings.STRIPE_WEBHOOK_SECRET === undefined)
    refuse(
      "STRIPE_WEBHOOK_SECRET",
      "is needed with STRIPE_SECRET_KEY: without it no payment by card would be heard of",
    );
});
export type Env = Bindings & { settings: Variables };

/** Every variable and secret that the Worker reads. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

/** What the Worker would refuse to start with: names and reasons, never a value. Empty: nothing. */
export function checkVariables(raw: object): string[] {
  const settings = checked.safeParse(raw);
  return settings.success ? [] : wordsOf(settings.error);
}

const wordsOf = (error: z.ZodError) => error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);

let parsed: { raw: object; env: Env } | undefined;

/** Reads variables and secrets once per isolate; throws, naming what is wrong and no value, when one is not usable. */
export function readEnv(raw: Bindings & Record<string, unknown>): Env {
  if (parsed?.raw === raw) return parsed.env;
  const settings = checked.safeParse(raw);
  if (!settings.success) throw new Error(`configuration: ${wordsOf(settings.error).join("; ")}`);
  const env = { ...raw, settings: settings.data };
  parsed = { raw, env };
  return env;
}
