/** Stripe and Daraja: the real adapters before the stand-in servers, each call of which is a point of whoever makes it. */
import type { CardPayments } from "../../../src/core/payments/cards/card-payments.ts";
import type { PhonePayments } from "../../../src/core/payments/phones/phone-payments.ts";
import { TokenHolder } from "../../../src/objects/token-holder.ts";
import { createDarajaPhones } from "../../../src/platform/daraja/phones.ts";
import { createCards } from "../../../src/platform/stripe/cards.ts";
import { StandInDaraja } from "../../stand-ins/daraja/daraja.ts";
import type { Delivery } from "../../stand-ins/daraja/world.ts";
import { StandInStripe } from "../../stand-ins/stripe/stand-in-stripe.ts";
import { darajaKeys, stripeKeys } from "../../support/payment-settings.ts";
import { Chance } from "./chance.ts";
import { ObjectStorage } from "./object-storage.ts";
import type { OwnTime } from "./own-time.ts";
import { CallFailed, type FateOf, noFate, type PointKind, Process, type Processes } from "./processes.ts";
import { SqliteFile } from "./sqlite-d1.ts";

const darajaOrigin = "https://daraja.test";
const stripeOrigin = "https://stripe.test";

export type Providers = {
  stripe: StandInStripe;
  daraja: StandInDaraja;
  cards: CardPayments | null;
  phones: PhonePayments;
  /** Who gets a callback that comes while its push is still unanswered. */
  early: { deliver: (delivery: Delivery) => Promise<void> };
  /** The holder of Daraja's token starts anew over what it had stored. */
  evictToken(): void;
  /** What befalls the holder's own calls. */
  tokenFate: { fateOf: FateOf };
};

type Fetch = (request: Request) => Promise<Response>;

export function connectProviders(processes: Processes, time: OwnTime): Providers {
  const now = () => time.nowMs;
  const { consumerKey, consumerSecret, shortcode, passkey, initiatorName, securityCredential } = darajaKeys;
  const { secretKey, webhookSecret } = stripeKeys;
  const early: Providers["early"] = { deliver: async () => undefined };
  const stripe = new StandInStripe({ now, secretKey, webhookSecrets: [webhookSecret], origin: stripeOrigin });
  const daraja = new StandInDaraja({
    ...{ now, consumerKey, consumerSecret, shortcode, passkey, initiatorName },
    origin: darajaOrigin,
    deliverEarly: (delivery) => early.deliver(delivery),
  });
  const fetchStripe = overWeather(processes, "stripe", (request) => stripe.fetch(request));
  const fetchDaraja = overWeather(processes, "daraja", (request) => daraja.fetch(request));

  const storage = new ObjectStorage(new SqliteFile());
  const newHolder = () => new TokenHolder(storage.sql as unknown as SqlStorage, { fetch: fetchDaraja, now });
  let holder = newHolder();
  const tokenFate = { fateOf: noFate };
  const app = { base: darajaOrigin, consumerKey, consumerSecret };
  const account = {
    ...{ base: darajaOrigin, shortcode, passkey, till: null },
    initiator: { name: initiatorName, credential: securityCredential },
  };
  return {
    stripe,
    daraja,
    cards: createCards(
      {
        STRIPE_SECRET_KEY: secretKey,
        STRIPE_WEBHOOK_SECRET: webhookSecret,
        STRIPE_API_BASE: stripeOrigin,
        STRIPE_PRICE_PRO: undefined,
        STRIPE_PRICE_PREMIUM: undefined,
      },
      { fetch: fetchStripe, maxNetworkRetries: 0 },
    ),
    phones: createDarajaPhones(account, {
      ...{ fetch: fetchDaraja, now },
      tokens: {
        // An object of its own: a caller that dies does not take it along.
        token: (voided) =>
          processes.at("daraja", "token", () =>
            processes.inside(new Process("token", (point) => tokenFate.fateOf(point)), () => holder.token(app, voided)),
          ),
      },
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      random: () => Math.random(),
      log: { write: () => undefined },
    }),
    evictToken: () => {
      holder = newHolder();
    },
    tokenFate,
    early,
  };
}

/** M-Pesa's list of what it has received is kept for shortcodes that were registered, once, by hand. */
export async function registerForPull(daraja: StandInDaraja): Promise<void> {
  const { consumerKey, consumerSecret, shortcode } = darajaKeys;
  const basic = btoa(`${consumerKey}:${consumerSecret}`);
  const asked = await daraja.fetch(
    new Request(`${darajaOrigin}/oauth/v1/generate?grant_type=client_credentials`, {
      headers: { Authorization: `Basic ${basic}` },
    }),
  );
  const { access_token: token } = (await asked.json()) as { access_token: string };
  const registered = await daraja.fetch(
    new Request(`${darajaOrigin}/pulltransactions/v1/register`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify({
        ShortCode: shortcode,
        RequestType: "Pull",
        NominatedNumber: "254722000000",
        CallBackURL: "https://studio.test/nowhere",
      }),
    }),
  );
  if (!registered.ok) throw new Error(`the list was not registered: ${await registered.text()}`);
}

/** The network between us and a provider. What fails before its work is answered by nobody, or by a server in trouble. */
function overWeather(processes: Processes, kind: PointKind, fetchIt: Fetch): typeof fetch {
  let troubles = 0;
  return async (input, init) => {
    const request = new Request(input as RequestInfo, init as RequestInit);
    const { pathname } = new URL(request.url);
    try {
      return await processes.at(kind, `${request.method} ${pathname}`, () => fetchIt(request));
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      troubles += 1;
      const trouble = error.isWorkDone ? null : serverInTrouble(kind, new Chance(troubles));
      if (trouble === null) throw new TypeError("fetch failed", { cause: error });
      return trouble;
    }
  };
}

/** null: nobody answers. */
function serverInTrouble(kind: PointKind, chance: Chance): Response | null {
  const json = (status: number, body: unknown) => Response.json(body, { status });
  if (chance.is(0.4)) return null;
  if (kind === "stripe") {
    const status = chance.pick([500, 503, 429]);
    return json(status, {
      error: { type: status === 429 ? "invalid_request_error" : "api_error", message: "Trouble" },
    });
  }
  return chance.pick([
    () => new Response("<html>Service Unavailable</html>", { status: 503, headers: { "content-type": "text/html" } }),
    () => new Response("", { status: 200 }),
    () => json(500, { requestId: "1", errorCode: "500.003.1001", errorMessage: "Internal Server Error" }),
    () => json(500, { requestId: "1", errorCode: "500.003.02", errorMessage: "System is busy" }),
    () => json(200, { requestId: "1", errorCode: "500.003.02", errorMessage: "System is busy" }),
  ])();
}
