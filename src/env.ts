import { z } from "zod";
import type { CreditLedger } from "./objects/credit-ledger.ts";
import type { RenderContainer } from "./objects/render-container.ts";
import type { RenderRoom } from "./objects/render-room.ts";

/** What wrangler.toml binds. */
export type Bindings = {
  DB: D1Database;
  FILES: R2Bucket;
  RENDER_QUEUE: Queue;
  PRIORITY_RENDER_QUEUE: Queue;
  PART_QUEUE: Queue;
  CREDIT_LEDGER: DurableObjectNamespace<CreditLedger>;
  RENDER_ROOM: DurableObjectNamespace<RenderRoom>;
  RENDER_CONTAINER: DurableObjectNamespace<RenderContainer>;
  ASSETS: Fetcher;
  RATE_LIMIT_ADDRESS: RateLimit;
  RATE_LIMIT_USER: RateLimit;
  /** Workers AI; only where wrangler.toml binds it. */
  AI?: Ai;
};

const blankIsUnset = (value: unknown) => (value === "" ? undefined : value);

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
});
export type Variables = z.infer<typeof variables>;
export type Env = Bindings & { settings: Variables };

let parsed: { raw: object; env: Env } | undefined;

/** Reads variables and secrets once per isolate; throws, naming what is wrong and no value, when one is not usable. */
export function readEnv(raw: Bindings & Record<string, unknown>): Env {
  if (parsed?.raw === raw) return parsed.env;
  const settings = variables.safeParse(raw);
  if (!settings.success) {
    const wrong = settings.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`configuration: ${wrong.join("; ")}`);
  }
  const env = { ...raw, settings: settings.data };
  parsed = { raw, env };
  return env;
}
