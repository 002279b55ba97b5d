import type { Stripe } from "stripe";
import type { CardEvent } from "../../core/payments/cards/card-payments.ts";
import type { StripeClient } from "./client.ts";

/** Stripe's own recommendation for the age of a signature, and here also for one that is ahead of our clock. */
const toleranceSeconds = 300;

/** null: none of the secrets has signed this body, or not now. The library checks the age alone, and takes any future. */
export async function verifyEvent(
  client: StripeClient,
  secrets: readonly string[],
  letter: { rawBody: string; signature: string; nowMs: number },
): Promise<CardEvent | null> {
  const { rawBody, signature, nowMs } = letter;
  if (signedAtSeconds(signature) > nowMs / 1000 + toleranceSeconds) return null;
  const stripe = await client.load();
  for (const secret of secrets) {
    try {
      const event = await stripe.webhooks.constructEventAsync(
        rawBody,
        signature,
        secret,
        toleranceSeconds,
        undefined,
        nowMs,
      );
      return toCardEvent(event);
    } catch {
      // Signed with the other secret, or by somebody else: the next one decides.
    }
  }
  return null;
}

/** Of a header without a readable time: never. */
function signedAtSeconds(signature: string): number {
  const [, seconds] = /(?:^|,)\s*t=(\d+)/.exec(signature) ?? [];
  return seconds === undefined ? Number.POSITIVE_INFINITY : Number(seconds);
}

function toCardEvent({ id, type, livemode, data }: Stripe.Event): CardEvent {
  return { id, type, objectId: objectIdOf(type, data.object), isLive: livemode };
}

function objectIdOf(type: string, object: object): string | null {
  const field = (name: string) => {
    const value: unknown = Reflect.get(object, name);
    return typeof value === "string" ? value : null;
  };
  if (type.startsWith("radar.early_fraud_warning.")) return field("charge");
  if (type.startsWith("invoice_payment.")) return field("invoice");
  return field("id");
}
