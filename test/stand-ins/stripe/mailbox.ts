import { createHmac } from "node:crypto";
import type { DeliveryFilter, Forgery } from "./bodies.ts";
import { missing } from "./stripe-fault.ts";
import type { Event } from "./wire.ts";

/** One POST to the webhook: whoever takes it sends `body`, byte for byte, under these headers. */
export type Delivery = {
  id: string;
  eventId: string;
  type: string;
  /** Whom it concerns, where it concerns somebody. */
  customer: string | null;
  /** The object of the event. */
  object: string | null;
  body: string;
  headers: { "Content-Type": string; "User-Agent": string; "Stripe-Signature"?: string };
};

/** A try to hand a delivery over, as the server that makes them tells it. */
export type Attempt = { eventId: string; type: string; attempt: number; outcome: string };

type Letter = { event: Event; body: string; customer: string | null; object: string | null };

export type MailboxOptions = { secrets: string[]; nowMs: () => number };

const attemptsKept = 200;
const userAgent = "Stripe/1.0 (+https://stripe.com/docs/webhooks)";

/** All events ever, and those whose first delivery nobody has taken yet. */
export class Mailbox {
  enabledEvents: string[] | null = null;
  /** The latest tries, for people to look at. */
  readonly attempts: Attempt[] = [];
  private readonly options: MailboxOptions;
  private readonly letters = new Map<string, Letter>();
  private waiting: Letter[] = [];
  private deliveries = 0;

  constructor(options: MailboxOptions) {
    this.options = options;
  }

  post(event: Event, customer: string | null): void {
    const { id } = event.data.object;
    const letter = { event, body: JSON.stringify(event), customer, object: typeof id === "string" ? id : null };
    this.letters.set(event.id, letter);
    if (this.enabledEvents === null || this.enabledEvents.includes(event.type)) this.waiting.push(letter);
  }

  event(id: string, param = "id"): Event {
    return this.letter(id, param).event;
  }

  list(filter: DeliveryFilter): Event[] {
    return [...this.letters.values()].filter((letter) => fits(letter, filter)).map(({ event }) => event);
  }

  pending(filter: DeliveryFilter): Delivery[] {
    return this.waiting.filter((letter) => fits(letter, filter)).map((letter) => this.deliver(letter));
  }

  take(filter: DeliveryFilter): Delivery[] {
    const taken = this.waiting.filter((letter) => fits(letter, filter));
    this.waiting = this.waiting.filter((letter) => !fits(letter, filter));
    return taken.map((letter) => this.deliver(letter));
  }

  recordAttempt(attempt: Attempt): void {
    this.attempts.push(attempt);
    if (this.attempts.length > attemptsKept) this.attempts.shift();
  }

  resend(eventId: string): Delivery {
    return this.deliver(this.letter(eventId));
  }

  forge(eventId: string, how: Forgery): Delivery {
    const letter = this.letter(eventId);
    const honest = this.deliver(letter);
    const signed = (signature: string) => ({
      ...honest,
      headers: { ...honest.headers, "Stripe-Signature": signature },
    });
    const nowSeconds = this.nowSeconds();
    switch (how) {
      case "wrong_secret":
        return signed(sign(letter.body, ["whsec_of_somebody_else"], nowSeconds));
      // Stripe's libraries bear 300 s of age.
      case "too_old":
        return signed(sign(letter.body, this.options.secrets, nowSeconds - 301));
      case "too_far_ahead":
        return signed(sign(letter.body, this.options.secrets, nowSeconds + 360));
      case "altered_body":
        return { ...honest, body: letter.body.replace('"livemode":false', '"livemode":true') };
      case "no_signature": {
        const { "Stripe-Signature": _, ...headers } = honest.headers;
        return { ...honest, headers };
      }
      case "garbled_signature":
        return signed(`t=${nowSeconds},v0=abc`);
    }
  }

  private letter(id: string, param = "id"): Letter {
    return this.letters.get(id) ?? missing("event", id, param);
  }

  private deliver({ event, body, customer, object }: Letter): Delivery {
    this.deliveries += 1;
    return {
      id: `delivery_${this.deliveries}`,
      eventId: event.id,
      type: event.type,
      customer,
      object,
      body,
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": userAgent,
        "Stripe-Signature": sign(body, this.options.secrets, this.nowSeconds()),
      },
    };
  }

  private nowSeconds(): number {
    return Math.floor(this.options.nowMs() / 1000);
  }
}

/** While a secret is being rolled the endpoint has two, and each signs. */
function sign(body: string, secrets: string[], seconds: number): string {
  const signatures = secrets.map((secret) => createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex"));
  return [`t=${seconds}`, ...signatures.map((signature) => `v1=${signature}`)].join(",");
}

function fits(letter: Letter, { customer, types, object }: DeliveryFilter): boolean {
  return (
    (customer === undefined || letter.customer === customer) &&
    (types === undefined || types.includes(letter.event.type)) &&
    (object === undefined || letter.object === object)
  );
}
