import type { ProblemDocument } from "../contract/errors.ts";
import { ConnectionError, ShujaaError } from "./errors.ts";
import type { Operation } from "./operation.ts";
import { retryDelayMs } from "./retry.ts";
import { wait } from "./wait.ts";

export type TransportOptions = {
  /** Where the service is: https://studio.example. Empty: where the page is. */
  baseUrl: string;
  /** An access token or an API key, or what finds it out before each call; null: none is sent. */
  credential?: string | null | (() => string | null | Promise<string | null>);
  /** Called when the credential is not, or no longer, good; a new one is tried once, null gives up. */
  renew?: () => Promise<string | null>;
  /** How often a call is made at most, when it may be made again. */
  triesMax?: number;
  /** For one try, in milliseconds. */
  timeoutMs?: number;
  fetch?: Fetch;
};

export type CallOptions = {
  /** Of a call that takes one: the same key never does a thing twice. One is made when there is none. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  headers?: Record<string, string>;
};

/** Parts of a request that are already what goes out. */
export type RawCall = CallOptions & {
  method: string;
  path: string;
  /** A function makes a new one for each try, as a stream can be read but once. */
  body?: BodyInit | (() => BodyInit);
  isRepeatable: boolean;
  /** null: until it is through, for streams and files. */
  timeoutMs?: number | null;
  /** Carries this one instead, for what fetch cannot do. */
  fetch?: Fetch;
};

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export type Transport = {
  readonly baseUrl: string;
  /** Makes a call; throws ShujaaError, ConnectionError, or the signal's reason. */
  call<Input, Answer>(operation: Operation<Input, Answer>, input: Input, options?: CallOptions): Promise<Answer>;
  /** The same for what is no JSON: the answer as it comes, once it is a good one. */
  send(call: RawCall): Promise<Response>;
};

const defaults = { triesMax: 4, timeoutMs: 60_000 };

/** Speaks to the service: credentials, time limits, retries with idempotency keys, and errors in its own words. */
export function createTransport(options: TransportOptions): Transport {
  const { baseUrl, credential = null, renew, triesMax = defaults.triesMax, timeoutMs = defaults.timeoutMs } = options;
  // A browser's own fetch refuses to be called as another object's method.
  const ask: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const credentialNow = async () => (typeof credential === "function" ? credential() : credential);

  async function attempt(call: RawCall, token: string | null): Promise<Response> {
    const limitMs = call.timeoutMs === undefined ? timeoutMs : call.timeoutMs;
    const signals = [call.signal, limitMs === null ? undefined : AbortSignal.timeout(limitMs)].filter(
      (signal) => signal !== undefined,
    );
    try {
      const body = typeof call.body === "function" ? call.body() : call.body;
      const response = await (call.fetch ?? ask)(baseUrl + call.path, {
        method: call.method,
        headers: { ...(token === null ? {} : { Authorization: `Bearer ${token}` }), ...call.headers },
        ...(body === undefined ? {} : { body }),
        // Browsers and Node ask for it where a body is a stream: it is sent before the answer is read.
        ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
        ...(signals.length === 0 ? {} : { signal: AbortSignal.any(signals) }),
      });
      if (response.ok) return response;
      throw await readRefusal(response);
    } catch (error) {
      if (error instanceof ShujaaError || error instanceof ConnectionError) throw error;
      call.signal?.throwIfAborted();
      throw new ConnectionError("The service did not answer. Look before you try again: it may have been done.", error);
    }
  }

  async function send(call: RawCall): Promise<Response> {
    let token = await credentialNow();
    let isRenewed = false;
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt(call, token);
      } catch (error) {
        if (error instanceof ShujaaError && error.code === "unauthenticated" && renew !== undefined && !isRenewed) {
          isRenewed = true;
          token = await renew();
          if (token !== null) continue;
        }
        const delayMs = retryDelayMs(error, { isRepeatable: call.isRepeatable, tries, triesMax }, Math.random());
        if (delayMs === null) throw error;
        await wait(delayMs, call.signal);
      }
    }
  }

  return {
    baseUrl,
    send,
    async call(operation, input, given = {}) {
      const [method = "", template = ""] = operation.route.split(" ");
      const { path, rest } = fillPath(template, (input ?? {}) as Record<string, unknown>);
      const isRead = method === "GET" || method === "DELETE";
      const key = operation.isIdempotent ? { "Idempotency-Key": given.idempotencyKey ?? crypto.randomUUID() } : {};
      const response = await send({
        ...given,
        method,
        path: isRead ? path + queryOf(rest) : path,
        headers: { ...(isRead ? {} : { "Content-Type": "application/json" }), ...key, ...given.headers },
        ...(isRead ? {} : { body: JSON.stringify(rest) }),
        isRepeatable: isRead || operation.isIdempotent,
        ...(operation.isFile ? { timeoutMs: null } : {}),
      });
      if (operation.isFile) return response as never;
      if (response.status === 204) return undefined as never;
      return (await response.json()) as never;
    },
  };
}

function fillPath(template: string, input: Record<string, unknown>): { path: string; rest: Record<string, unknown> } {
  const rest = { ...input };
  const path = template.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    if (value === undefined) throw new TypeError(`${template} needs «${name}»`);
    return encodeURIComponent(String(value));
  });
  return { path, rest };
}

function queryOf(fields: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) query.set(name, String(value));
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

async function readRefusal(response: Response): Promise<Error> {
  const isProblem = response.headers.get("Content-Type")?.startsWith("application/problem+json") === true;
  if (!isProblem) return new ConnectionError(`An answer that is not the service's: ${response.status}.`);
  const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return new ShujaaError((await response.json()) as ProblemDocument, Number.isFinite(seconds) ? seconds : null);
}
