import type { Stripe } from "stripe";
import { OutsideError } from "../../core/deps.ts";
import type { CardAnswer } from "../../core/payments/cards/card-payments.ts";

export type StripeOptions = {
  secretKey: string;
  /** A stand-in's address; undefined: Stripe's own. */
  apiBase?: string | undefined;
  /** In place of the platform's. */
  fetch?: typeof fetch | undefined;
  maxNetworkRetries?: number | undefined;
};

/** A Worker's request lives for seconds: the library's own 80 are of no use to whoever waits for an answer. */
const timeoutMs = 15_000;

/** Stripe's library, loaded at the first use, and its errors told apart: refusals are answers, the rest is weather. */
export type StripeClient = {
  /** Throws OutsideError, for refusals too: for calls that a refusal of is nobody's but an operator's to mend. */
  ask<Answer>(call: (stripe: Stripe) => Promise<Answer>): Promise<Answer>;
  /** null: Stripe has no such object. */
  read<Answer>(call: (stripe: Stripe) => Promise<Answer>): Promise<Answer | null>;
  attempt<Answer>(call: (stripe: Stripe) => Promise<Answer>): Promise<CardAnswer<Answer>>;
  load(): Promise<Stripe>;
};

export function createStripeClient(options: StripeOptions): StripeClient {
  let loading: Promise<Stripe> | undefined;
  const load = () => {
    loading ??= newStripe(options);
    return loading;
  };
  const attempt = async <Answer>(
    call: (stripe: Stripe) => Promise<Answer>,
  ): Promise<CardAnswer<Answer> & { status?: number }> => {
    const stripe = await load();
    try {
      return { ok: true, made: await call(stripe) };
    } catch (error) {
      return refusalOf(error, await stripeErrors());
    }
  };
  return {
    load,
    attempt,
    async ask(call) {
      const answer = await attempt(call);
      if (!answer.ok) throw new OutsideError(`Stripe refused: ${answer.code}`, false);
      return answer.made;
    },
    async read(call) {
      const answer = await attempt(call);
      if (answer.ok) return answer.made;
      if (answer.status === 404) return null;
      throw new OutsideError(`Stripe refused to be read: ${answer.code}`, false);
    },
  };
}

/** The library is a third of a megabyte: a Worker that nobody pays through at the moment starts without it. */
async function newStripe(options: StripeOptions): Promise<Stripe> {
  const { Stripe: Client } = await import("stripe");
  return new Client(options.secretKey, {
    httpClient: Client.createFetchHttpClient(options.fetch),
    timeout: timeoutMs,
    maxNetworkRetries: options.maxNetworkRetries ?? 1,
    telemetry: false,
    ...(options.apiBase === undefined ? {} : addressOf(options.apiBase)),
  });
}

async function stripeErrors(): Promise<typeof Stripe.errors> {
  return (await import("stripe")).Stripe.errors;
}

function addressOf(base: string): { protocol: "http" | "https"; host: string; port: number } {
  const { protocol, hostname, port } = new URL(base);
  const isPlain = protocol === "http:";
  return {
    protocol: isPlain ? "http" : "https",
    host: hostname,
    port: port === "" ? (isPlain ? 80 : 443) : Number(port),
  };
}

/**
 * What Stripe understood and will not do, with its code; everything else is thrown as weather. An idempotency error is
 * weather too: the key was used before, so what was asked for may exist.
 */
function refusalOf(error: unknown, errors: typeof Stripe.errors): { ok: false; code: string; status: number } {
  if (!(error instanceof errors.StripeError)) throw error;
  const { StripeInvalidRequestError, StripeCardError, StripeAuthenticationError, StripePermissionError } = errors;
  const status = error.statusCode ?? 0;
  if (error instanceof StripeInvalidRequestError || error instanceof StripeCardError)
    return { ok: false, code: error.decline_code ?? error.code ?? error.type, status };
  const isOurs = error instanceof StripeAuthenticationError || error instanceof StripePermissionError;
  // Stripe's message may quote what was sent: its type and code say enough.
  throw new OutsideError(`Stripe: ${error.type} ${error.code ?? ""} ${status}`.trimEnd(), !isOurs);
}
