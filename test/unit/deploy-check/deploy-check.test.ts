/** `npm run deploy:check` as it is run, with a wrangler, a Stripe and a Daraja that stand in. */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { features } from "../../../src/cli/deploy-check/features.ts";
import { handledEvents } from "../../../src/core/payments/cards/handle-stripe-event.ts";
import { variableNames } from "../../../src/env.ts";
import { type ServedDaraja, serve as serveDaraja } from "../../stand-ins/daraja/serve.ts";
import { type ServedStripe, serve as serveStripe } from "../../stand-ins/stripe/serve.ts";

// Each test starts a process, and some two.
vi.setConfig({ testTimeout: 60_000 });

const root = join(import.meta.dirname, "../../..");
const queues = [
  "shujaa-render",
  "shujaa-render-priority",
  "shujaa-render-part",
  "shujaa-payments",
  "shujaa-mail",
  "shujaa-accounts",
  "shujaa-render-dead",
  "shujaa-render-priority-dead",
];
const account = {
  isSignedIn: true,
  isNew: false,
  mayListSecrets: true,
  secrets: ["JWT_SECRET"],
  waitingMigrations: [] as string[],
  queues,
  buckets: ["shujaa-studio-files"],
};
const secretKey = "sk_live_of_the_tests";
const secrets = {
  JWT_SECRET: "a secret of the test that nobody else may ever see",
  PUBLIC_URL: "https://studio.example.com",
  ADMIN_EMAILS: "amina@example.com",
};

let folder: string;
let stripe: ServedStripe;
let daraja: ServedDaraja;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "shujaa-deploy-check-"));
  stripe = await serveStripe({
    port: 0,
    secretKey,
    webhookSecrets: ["whsec_a"],
    webhookUrl: "http://127.0.0.1:9/",
    mode: "manual",
  });
  daraja = await serveDaraja({
    port: 0,
    consumerKey: "key",
    consumerSecret: "secret",
    shortcode: "174379",
    passkey: "passkey",
  });
});

afterAll(async () => {
  await stripe.close();
  await daraja.close();
  await rm(folder, { recursive: true, force: true });
});

type Given = {
  account?: Partial<typeof account>;
  /** Beside those that have to be there; null: no file is given. */
  secrets?: Record<string, string> | null;
  config?: (toml: string) => string;
};

async function check(given: Given = {}) {
  const toml = (await readFile(join(root, "wrangler.toml"), "utf8"))
    .replace("00000000-0000-0000-0000-000000000000", "11111111-1111-4111-8111-111111111111")
    .replace('"./container/Dockerfile"', `"${join(root, "container/Dockerfile")}"`);
  const config = join(folder, "wrangler.toml");
  await writeFile(config, given.config?.(toml) ?? toml);
  const file = join(folder, "secrets.env");
  const lines = Object.entries({ ...secrets, ...given.secrets }).map(([name, value]) => `${name}="${value}"`);
  await writeFile(file, lines.join("\n"));
  const options = ["--config", config, ...(given.secrets === null ? [] : ["--secrets", file])];
  const child = spawn(process.execPath, [join(root, "src/cli/deploy-check/deploy-check.ts"), ...options], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      WRANGLER: join(import.meta.dirname, "fake-wrangler.mjs"),
      CONFIG: config,
      ACCOUNT: JSON.stringify({ ...account, ...given.account }),
    },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  const code = await new Promise((resolve) => child.once("close", resolve));
  return { code, text };
}

describe("the deploy check", () => {
  it("passes what is set up, and says what is not", async () => {
    const { code, text } = await check();
    expect(text).toMatch(/^ok\s+account: every migration is applied$/m);
    expect(text).toMatch(/^ok\s+account: all 8 queues are there$/m);
    expect(text).toMatch(/^ok\s+settings: their values are of the right kind$/m);
    expect(text).toMatch(/^off\s+settings: cards is not set up\n\s+Without it nobody pays by card\.$/m);
    expect(text).toMatch(/, 0 not looked at, 0 wrong$/m);
    expect(code).toBe(0);
  });

  it.each<[string, Given, RegExp]>([
    [
      "a database of nobody's",
      {
        config: (toml) => toml.replace("11111111-1111-4111-8111-111111111111", "00000000-0000-0000-0000-000000000000"),
      },
      /database has no id/,
    ],
    [
      "a queue that nobody reads",
      {
        config: (toml) =>
          toml.replace('queue = "shujaa-mail"\nmax_batch_size', 'queue = "shujaa-letters"\nmax_batch_size'),
      },
      /nobody reads shujaa-mail$/m,
    ],
    [
      "a cron that comes too rarely",
      { config: (toml) => toml.replace('crons = ["* * * * *"]', 'crons = ["0 * * * *"]') },
      /cron does not run every minute/,
    ],
    [
      "too few containers",
      { config: (toml) => toml.replace("max_instances = 40", "max_instances = 20") },
      /20 containers for 10 videos over 4 each/,
    ],
    [
      "an estimate for more renders than run",
      { config: (toml) => toml.replace('RENDER_PARALLELISM = "10"', 'RENDER_PARALLELISM = "12"') },
      /RENDER_PARALLELISM is 12, max_concurrency of shujaa-render 10/,
    ],
    [
      "a class without a migration",
      { config: (toml) => toml.replace('new_sqlite_classes = ["RateWindow"]', "new_sqlite_classes = []") },
      /RateWindow has no migration/,
    ],
    [
      "a development environment",
      { config: (toml) => toml.replace('ENVIRONMENT = "production"', 'ENVIRONMENT = "development"') },
      /ENVIRONMENT is not production/,
    ],
    [
      "a migration that waits",
      { account: { waitingMigrations: ["0010_deletions_swept.sql"] } },
      /migrations are not applied: 0010_deletions_swept\.sql/,
    ],
    [
      "a queue that was not made",
      { account: { queues: queues.filter((name) => name !== "shujaa-render") } },
      /no queue shujaa-render\n\s+npx wrangler queues create shujaa-render$/m,
    ],
    ["a bucket that was not made", { account: { buckets: [] } }, /no bucket shujaa-studio-files/],
    ["a short secret", { secrets: { JWT_SECRET: "short" } }, /JWT_SECRET: needs at least 32 characters/],
    [
      "a feature by half",
      { secrets: { MPESA_CONSUMER_KEY: "key" } },
      /M-Pesa is set up by half: MPESA_CONSUMER_SECRET, MPESA_PASSKEY/,
    ],
    ["a plain address", { secrets: { PUBLIC_URL: "http://studio.example.com" } }, /PUBLIC_URL is not https/],
    [
      "a test key",
      {
        secrets: {
          STRIPE_SECRET_KEY: "sk_test_1",
          STRIPE_WEBHOOK_SECRET: "whsec_a",
          STRIPE_API_BASE: "http://127.0.0.1:9",
        },
      },
      /STRIPE_SECRET_KEY is a test key/,
    ],
    [
      "no signature to check",
      { secrets: { STRIPE_SECRET_KEY: "sk_live_1", STRIPE_API_BASE: "http://127.0.0.1:9" } },
      /STRIPE_WEBHOOK_SECRET: is needed with STRIPE_SECRET_KEY/,
    ],
    ["a renderer elsewhere", { secrets: { RENDERER_URL: "http://10.0.0.1" } }, /RENDERER_URL is set/],
    [
      "a mistake in wrangler.toml where no secret is at hand",
      {
        account: { secrets: ["JWT_SECRET", "PUBLIC_URL", "MAIL_API_KEY"] },
        secrets: null,
        config: (toml) =>
          toml.replace(
            "[vars]",
            '[vars]\nMPESA_API_BASE = "https://sandbox.safaricom.co.ke"\nMAIL_FROM = "A <a@example.com>"',
          ),
      },
      /MPESA_API_BASE is the sandbox/,
    ],
    [
      "a secret that a new Worker does not have",
      { account: { isNew: true }, secrets: null },
      /^wrong\s+settings: JWT_SECRET is not set/m,
    ],
    [
      "secrets that may not be listed",
      { account: { mayListSecrets: false }, secrets: null },
      /secrets could not be listed\n\s+A request to the Cloudflare API \(\/secrets\) failed\. Authentication error \[code: 10000\]$/m,
    ],
  ])("finds %s", async (_, given, words) => {
    const { code, text } = await check(given);
    expect(text).toMatch(words);
    expect(code).toBe(1);
    expect(text).not.toMatch(/Unexpected|Logs were written/);
    for (const value of Object.values({ ...secrets, ...given.secrets }).filter(
      (one) => one.length > 12 && !one.startsWith("http"),
    ))
      expect(text).not.toContain(value);
  });

  it("tells what it could not look at where nobody is signed in", async () => {
    const { text } = await check({ account: { isSignedIn: false } });
    expect(text).toMatch(/^unknown\s+account: secrets, migrations, queues and buckets$/m);
  });

  it("does not take for missing what it could not ask for", async () => {
    const { code, text } = await check({ account: { isSignedIn: false }, secrets: null });
    expect(text).toMatch(/^unknown\s+settings: signing\n\s+Whether JWT_SECRET is set is not known here/m);
    expect(text).toMatch(/, 0 wrong$/m);
    expect(code).toBe(0);
    const refused = await check({ account: { mayListSecrets: false }, secrets: null });
    expect(refused.text).toMatch(/, 1 wrong$/m);
  });

  it("finds nothing wrong with what is stored and cannot be seen", async () => {
    const { code, text } = await check({
      account: { secrets: ["JWT_SECRET", "PUBLIC_URL", "GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", "MAIL_API_KEY"] },
      secrets: null,
      config: (toml) => toml.replace("[vars]", '[vars]\nMAIL_FROM = "Shujaa <a@example.com>"'),
    });
    expect(text).toMatch(/^ok\s+settings: Google sign-in$/m);
    expect(text).toMatch(/, 1 not looked at, 0 wrong$/m);
    expect(code).toBe(0);
  });

  it("asks Stripe for prices that are sold at what users are shown, and for an endpoint that hears everything", async () => {
    const client = new Stripe(secretKey, {
      protocol: "http",
      host: "127.0.0.1",
      port: Number(new URL(stripe.origin).port),
    });
    const price = (cents: number) =>
      client.prices.create({
        currency: "usd",
        unit_amount: cents,
        recurring: { interval: "month" },
        product_data: { name: "Shujaa" },
      });
    const [pro, cheap] = [await price(799), await price(999)];
    const given = {
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_WEBHOOK_SECRET: "whsec_a",
      STRIPE_API_BASE: stripe.origin,
      STRIPE_PRICE_PRO: pro.id,
      STRIPE_PRICE_PREMIUM: cheap.id,
    };
    const before = await check({ secrets: given });
    expect(before.text).toMatch(/^ok\s+Stripe: the price STRIPE_PRICE_PRO is pro's: USD 7\.99 a month$/m);
    expect(before.text).toMatch(
      /^wrong\s+Stripe: the price STRIPE_PRICE_PREMIUM is not premium's: USD 9\.99 a month$/m,
    );
    expect(before.text).toMatch(/^wrong\s+Stripe: no enabled webhook endpoint has our address$/m);

    const url = "https://studio.example.com/api/payments/webhook";
    const events = handledEvents as Stripe.WebhookEndpointCreateParams.EnabledEvent[];
    await client.webhookEndpoints.create({ url, enabled_events: events.filter((type) => type !== "charge.refunded") });
    const missing = await check({ secrets: { ...given, STRIPE_PRICE_PREMIUM: "price_of_nobody" } });
    expect(missing.text).toMatch(/^wrong\s+Stripe: there is no price STRIPE_PRICE_PREMIUM$/m);
    expect(missing.text).toMatch(/^wrong\s+Stripe: the webhook endpoint does not send charge\.refunded$/m);
  });

  it("asks Daraja for a token", async () => {
    const given = {
      MPESA_CONSUMER_KEY: "key",
      MPESA_CONSUMER_SECRET: "secret",
      MPESA_PASSKEY: "passkey",
      MPESA_BUSINESS_SHORTCODE: "174379",
      MPESA_API_BASE: daraja.origin,
    };
    expect((await check({ secrets: given })).text).toMatch(/^ok\s+M-Pesa: Daraja gives a token/m);
    const refused = await check({ secrets: { ...given, MPESA_CONSUMER_SECRET: "another" } });
    expect(refused.text).toMatch(/^wrong\s+M-Pesa: Daraja gives no token: /m);
  });

  it("knows what each setting of the Worker is for", () => {
    const known = features.flatMap(({ needs, may }) => [...needs, ...may]);
    expect(known.toSorted()).toEqual([...variableNames].toSorted());
  });
});
