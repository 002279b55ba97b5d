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
  CREDIT_LEDGER: DurableObjectNamespace<CreditLedger>;
  RENDER_ROOM: DurableObjectNamespace<RenderRoom>;
  RENDER_CONTAINER: DurableObjectNamespace<RenderContainer>;
  ASSETS: Fetcher;
  RATE_LIMIT_ADDRESS: RateLimit;
  RATE_LIMIT_USER: RateLimit;
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
  /** A renderer spoken to over HTTP instead of the container. */
  RENDERER_URL: z.preprocess(blankIsUnset, z.url({ protocol: /^https?$/ }).optional()),
  RENDER_PARALLELISM: z.coerce.number().int().min(1).max(1000).default(1),
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
