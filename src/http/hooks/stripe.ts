import { Hono, type Context as HonoContext } from "hono";
import { stripeEventBody, stripeHookAnswer } from "../../contract/checkout.ts";
import { receiveStripeEvent } from "../../core/payments/cards/receive-stripe-event.ts";
import { contextOf } from "../context.ts";
import type { HttpEnv } from "../http-env.ts";
import { operation } from "../operation.ts";

function hook(id: string, summary: string) {
  return operation({
    id,
    summary,
    description: "For Stripe alone, by its signature over the body as it is. It is answered once the event is stored.",
    tag: "Payments",
    permission: null,
    isRateLimited: false,
    takes: { "application/json": stripeEventBody },
    answers: { 200: { description: "Stored", schema: stripeHookAnswer } },
    refuses: ["bad_signature", "provider_not_configured", "payload_too_large"],
  });
}

/** The signature is over the very bytes: the body is read as text, before anything could parse it. */
async function receive(c: HonoContext<HttpEnv>) {
  const signature = c.req.header("Stripe-Signature") ?? null;
  await receiveStripeEvent(contextOf(c), { rawBody: await c.req.text(), signature });
  return c.json({ received: true as const }, 200);
}

export const stripeHooks = new Hono<HttpEnv>()
  .post("/payments/webhook", hook("stripeWebhook", "What Stripe tells"), receive)
  .post("/stripe/webhook", hook("stripeWebhookByItsOtherName", "What Stripe tells, by its other name"), receive);
