/** The one place that builds the core's ports from the platform's bindings, and picks the adapters. */
import { drizzle } from "drizzle-orm/d1";
import packageJson from "../package.json" with { type: "json" };
import { normaliseEmail } from "./core/accounts/identity.ts";
import type { Context, SystemActor } from "./core/context.ts";
import type { Deps, Log, RenderRoom } from "./core/deps.ts";
import type { Mailer } from "./core/mail/mailer.ts";
import { createBacklog } from "./core/videos/backlog.ts";
import type { Env } from "./env.ts";
import type { HttpEnv } from "./http/http-env.ts";
import { rateRules } from "./http/rate-limits.ts";
import { createMetrics } from "./platform/analytics-engine.ts";
import { createPhones } from "./platform/daraja/phones.ts";
import { createReportingLog } from "./platform/error-reports.ts";
import { createFileStore } from "./platform/file-store.ts";
import { connectLedger } from "./platform/ledger.ts";
import { consoleLog } from "./platform/log.ts";
import { createBindingMailer } from "./platform/mail/binding-mailer.ts";
import { createConsoleMailer, missingMailer } from "./platform/mail/console-mailer.ts";
import { createHttpMailer } from "./platform/mail/http-mailer.ts";
import { createMediaFetcher } from "./platform/media-fetcher.ts";
import { createBindingRunner, createRestRunner, type ModelRunner } from "./platform/models/model-runner.ts";
import { createModels } from "./platform/models/models.ts";
import { createSignInProviders } from "./platform/oauth/providers.ts";
import { createPasswords } from "./platform/passwords.ts";
import { phoneNumbers } from "./platform/phone-numbers.ts";
import { createRateLimits } from "./platform/rate-limits.ts";
import { createContainerTransport } from "./platform/render-container-transport.ts";
import { createProcessTransport, createRenderer } from "./platform/renderer.ts";
import { connectRoom } from "./platform/room.ts";
import { createStaticFiles } from "./platform/static-files.ts";
import { createCards } from "./platform/stripe/cards.ts";
import { systemClock, systemRandomness, webDigests } from "./platform/system.ts";
import { createAccessTokens, createMacs, createSignedLinks } from "./platform/tokens.ts";
import { zipArchives } from "./platform/zip.ts";

export type Wiring = HttpEnv["Bindings"];

let built: { env: Env; wiring: Wiring } | undefined;

/** Built once per isolate: an environment does not change while one lives. */
export function wire(env: Env): Wiring {
  if (built?.env !== env) built = { env, wiring: build(env) };
  return built.wiring;
}

function build(env: Env): Wiring {
  const { settings } = env;
  const db = drizzle(env.DB);
  const macs = createMacs(settings.JWT_SECRET);
  const log = errorLog(env);
  const deps: Deps = {
    version: packageJson.version,
    isProduction: settings.ENVIRONMENT === "production",
    renderParallelism: settings.RENDER_PARALLELISM,
    renderFanOut: settings.RENDER_FAN_OUT,
    db,
    clock: systemClock,
    randomness: systemRandomness,
    passwords: createPasswords(),
    phoneNumbers,
    accessTokens: createAccessTokens(settings.JWT_SECRET, settings.ACCESS_TOKEN_TTL_SECONDS),
    signedLinks: createSignedLinks(macs),
    digests: webDigests,
    macs,
    renderQueue: {
      async send(queue, message, delaySeconds = 0) {
        const binding = queue === "priority" ? env.PRIORITY_RENDER_QUEUE : env.RENDER_QUEUE;
        await binding.send(message, { delaySeconds });
      },
      async sendParts(messages) {
        await env.PART_QUEUE.sendBatch(messages.map((body) => ({ body })));
      },
    },
    backlog: createBacklog(db, systemClock),
    paymentQueue: {
      async send(message) {
        await env.PAYMENT_QUEUE.send(message);
      },
    },
    mailQueue: {
      async send(message) {
        await env.MAIL_QUEUE.send(message);
      },
    },
    mailer: mailerOf(env),
    accountQueue: {
      async send(message) {
        await env.ACCOUNT_QUEUE.send(message);
      },
    },
    cards: createCards(settings),
    phones: createPhones(env, log),
    signInProviders: createSignInProviders(settings, log),
    publicUrl: settings.PUBLIC_URL?.replace(/\/+$/, "") ?? null,
    adminEmails: new Set(settings.ADMIN_EMAILS.split(",").flatMap((email) => normaliseEmail(email) ?? [])),
    corsOrigins: new Set(settings.CORS_ORIGINS),
    files: createFileStore(env.FILES),
    archives: zipArchives,
    renderer: createRenderer(
      settings.RENDERER_URL === undefined
        ? createContainerTransport(env.RENDER_CONTAINER)
        : createProcessTransport(settings.RENDERER_URL),
    ),
    mediaFetcher: createMediaFetcher({ resolverUrl: resolverFor(settings) }),
    models: createModels(modelRunner(env), {
      script: settings.SCRIPT_MODEL,
      picture: settings.PICTURE_MODEL,
      voices: settings.VOICE_MODELS,
    }),
    log,
    metrics: createMetrics(env.METRICS),
    ledger: (tenantId) => connectLedger(env.CREDIT_LEDGER, tenantId),
    room: (videoId): RenderRoom => connectRoom(env.RENDER_ROOM, videoId),
  };
  const user = { ...rateRules.user, limit: settings.USER_REQUESTS_PER_SECOND };
  const rateLimits = createRateLimits(env, { ...rateRules, user });
  return { deps, rateLimits, assets: createStaticFiles(env.ASSETS) };
}

/** Errors go to Sentry, too, where an address of one is set. */
function errorLog({ settings }: Env): Log {
  if (settings.SENTRY_DSN === undefined) return consoleLog;
  return createReportingLog(consoleLog, {
    dsn: settings.SENTRY_DSN,
    release: packageJson.version,
    environment: settings.ENVIRONMENT,
  });
}

/** null: no models, as on a machine without an account. */
function modelRunner({ AI, settings }: Env): ModelRunner | null {
  const { MODELS_API_BASE: base, MODELS_ACCOUNT_ID: accountId, MODELS_API_TOKEN: token } = settings;
  if (accountId !== undefined && token !== undefined) return createRestRunner({ base, accountId, token });
  return AI === undefined ? null : createBindingRunner(AI);
}

function mailerOf({ EMAIL, settings }: Env): Mailer {
  const { MAIL_API_BASE: base, MAIL_API_KEY: key, MAIL_FROM: from } = settings;
  if (key !== undefined && from !== undefined) return createHttpMailer({ base, key, from });
  if (EMAIL !== undefined && from !== undefined) return createBindingMailer(EMAIL, from);
  return settings.ENVIRONMENT === "production" ? missingMailer : createConsoleMailer(consoleLog);
}

/** Who resolves names that are to be fetched from; null: nobody does, as on a machine without a network. */
function resolverFor(settings: Env["settings"]): string | null {
  return settings.DNS_RESOLVER_URL ?? (settings.ENVIRONMENT === "production" ? publicResolver : null);
}

const publicResolver = "https://cloudflare-dns.com/dns-query";

/** For queue messages and the cron: nobody asks, and no request is behind it. */
export function systemContext(env: Env, requestId: string): Context<SystemActor> {
  return { actor: { kind: "system" }, requestId, address: null, deps: wire(env).deps };
}
