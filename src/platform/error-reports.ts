import { waitUntil } from "cloudflare:workers";
import type { Event } from "@sentry/core";
import type { ServerRuntimeClient } from "@sentry/core/server";
import type { Log } from "../core/deps.ts";
import { withoutSecrets } from "./without-secrets.ts";

export type ReportOptions = {
  /** `https://key@host/project` */
  dsn: string;
  release: string;
  environment: string;
  /** In place of the platform's. */
  fetch?: typeof fetch;
};

/** An isolate that fails in a loop must not spend its minutes on reports: Sentry has the first ones, the log has all. */
const reportsMax = 20;
const perMs = 60_000;
const sendLimitMs = 5_000;

/**
 * Each line of level `error` goes to Sentry, too: ids, codes and times, no bodies, headers or users. The words of an error may
 * come from a library or a provider, so what looks like an address, a number, a credential or a secret is taken out of them.
 * What cannot be sent is let go.
 */
export function createReportingLog(log: Log, options: ReportOptions): Log {
  let client: Promise<ServerRuntimeClient> | undefined;
  let windowStartMs = 0;
  let reports = 0;

  function isTooMany(): boolean {
    const nowMs = Date.now();
    if (nowMs - windowStartMs > perMs) {
      windowStartMs = nowMs;
      reports = 0;
    }
    reports += 1;
    return reports > reportsMax;
  }

  async function report(event: string, fields: Record<string, unknown>): Promise<void> {
    try {
      client ??= newClient(options);
      const sentry = await client;
      sentry.captureEvent(toEvent(event, fields));
      await sentry.flush(sendLimitMs);
    } catch {
      // The line is in the log: whoever reports trouble must not make more.
    }
  }

  return {
    write(level, event, fields) {
      log.write(level, event, fields);
      if (level === "error" && !isTooMany()) waitUntil(report(event, fields));
    },
  };
}

/** Reports of one event and operation are one issue there, however the ids in their paths differ. */
function toEvent(event: string, fields: Record<string, unknown>): Event {
  const { operation, code, task, type, ...rest } = fields;
  const extra = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, withoutSecrets(value)]));
  const known = Object.entries({ operation, code, task, type }).filter(([, value]) => value !== undefined);
  const tags = Object.fromEntries(known.map(([name, value]) => [name, String(value)]));
  return { message: event, level: "error", tags, extra, fingerprint: [event, ...Object.values(tags)] };
}

/** Loaded at the first error: a Worker without one starts without it. */
async function newClient(options: ReportOptions): Promise<ServerRuntimeClient> {
  const [{ createTransport }, { ServerRuntimeClient: Client }] = await Promise.all([
    import("@sentry/core"),
    import("@sentry/core/server"),
  ]);
  const send = options.fetch ?? ((url: string, init: RequestInit) => fetch(url, init));
  return new Client({
    dsn: options.dsn,
    release: options.release,
    environment: options.environment,
    platform: "javascript",
    integrations: [],
    stackParser: () => [],
    sendClientReports: false,
    transport: (transportOptions) =>
      createTransport(transportOptions, async ({ body }) => {
        const response = await send(transportOptions.url, {
          method: "POST",
          body: body as BodyInit,
          headers: { "Content-Type": "application/x-sentry-envelope" },
          signal: AbortSignal.timeout(sendLimitMs),
        });
        await response.body?.cancel();
        return {
          statusCode: response.status,
          headers: {
            "x-sentry-rate-limits": response.headers.get("X-Sentry-Rate-Limits"),
            "retry-after": response.headers.get("Retry-After"),
          },
        };
      }),
  });
}
