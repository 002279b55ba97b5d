/**
 * Stripe and Daraja for Workers under test, by host: `stripe.test` and `daraja.test` are shared by all files that run at
 * once; `stripe-NAME.test` and `daraja-NAME.test` are NAME's alone, for a test that moves their clock or has them fail
 * (lay STRIPE_API_BASE and MPESA_API_BASE over the Worker's variables). What people and time do is told under /stand-in/….
 * `POST /clock {"now_ms": …}` sets the time of one of them, from where it goes on.
 */
import { type Request, Response } from "miniflare";
import { toResponse } from "../stand-ins/daraja/answers.ts";
import { StandInDaraja } from "../stand-ins/daraja/daraja.ts";
import { ConnectionBroken } from "../stand-ins/stripe/faults.ts";
import { StandInStripe } from "../stand-ins/stripe/stand-in-stripe.ts";
import { darajaKeys, stripeKeys } from "./payment-settings.ts";

type StandIn = { setClock(nowMs: number): void; answer(request: Request): Promise<Response> };

const host = /^(stripe|daraja)(-[\w-]+)?\.test$/;
const standIns = new Map<string, StandIn>();

export function isPaymentHost(hostname: string): boolean {
  return host.test(hostname);
}

export async function standInPayments(request: Request): Promise<Response> {
  const { hostname, origin, pathname } = new URL(request.url);
  const standIn = standIns.get(hostname) ?? (hostname.startsWith("stripe") ? newStripe(origin) : newDaraja(origin));
  standIns.set(hostname, standIn);
  if (pathname === "/clock") {
    standIn.setClock(((await request.json()) as { now_ms: number }).now_ms);
    return new Response(null, { status: 204 });
  }
  return standIn.answer(request);
}

function movableClock() {
  let offsetMs = 0;
  return {
    now: () => Date.now() + offsetMs,
    setClock: (nowMs: number) => {
      offsetMs = nowMs - Date.now();
    },
  };
}

function newStripe(origin: string): StandIn {
  const { now, setClock } = movableClock();
  const { secretKey, webhookSecret } = stripeKeys;
  // Two of them in one test give their objects different ids, as two of Stripe's accounts do.
  const seed = [...origin].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
  const stripe = new StandInStripe({ now, secretKey, webhookSecrets: [webhookSecret], origin, seed });
  return {
    setClock,
    async answer(request) {
      const { method, url, headers } = request;
      try {
        const { status, ...answer } = await stripe.answer({
          method,
          url,
          headers,
          text: async () => await request.text(),
        });
        return new Response(answer.body, { status, headers: answer.headers });
      } catch (error) {
        if (!(error instanceof ConnectionBroken)) throw error;
        // The service that stands in cannot break a connection: a lost answer is an empty 502 here.
        return new Response(null, { status: 502 });
      }
    },
  };
}

function newDaraja(origin: string): StandIn {
  const { now, setClock } = movableClock();
  const { consumerKey, consumerSecret, shortcode, passkey, initiatorName } = darajaKeys;
  const daraja = new StandInDaraja({ now, consumerKey, consumerSecret, shortcode, passkey, initiatorName, origin });
  return {
    setClock,
    async answer(request) {
      // A lost answer is an empty 502 here: the service that stands in cannot break a connection.
      return toResponse(await daraja.answer(request), Response);
    },
  };
}
