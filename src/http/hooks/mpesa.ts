import type { Context as HonoContext } from "hono";
import { Hono } from "hono";
import { phoneHookAnswer } from "../../contract/payments.ts";
import {
  type Reception,
  receivePhoneCallback,
  receiveReversalResult,
  receiveStatusResult,
} from "../../core/payments/phones/receive-phone-callback.ts";
import { contextOf } from "../context.ts";
import type { HttpEnv } from "../http-env.ts";
import { operation } from "../operation.ts";
import { pathParameter } from "../path-parameter.ts";
import { readStart } from "./read-start.ts";

/** A callback is under 1 kB; what is longer is kept cut off, and M-Pesa is asked instead. */
const bodyMaxBytes = 64 * 1024;

type Receive = typeof receivePhoneCallback;

function hook(id: string, summary: string) {
  return operation({
    id,
    summary,
    description: "For Daraja alone, by the secret in its path. Answers the same whatever comes.",
    tag: "Payments",
    permission: null,
    isRateLimited: false,
    answers: { 200: { description: "Taken", schema: phoneHookAnswer } },
  });
}

/** Daraja sends once and reads only that it was taken: the answer never tells whether the path is known. */
async function answer(c: HonoContext<HttpEnv, "/:secret">, receive: Receive) {
  const body = await readStart(c.req.raw, bodyMaxBytes);
  const reception: Reception = await receive(contextOf(c), { secret: c.req.param("secret"), body });
  c.var.logFields.reception = reception;
  return c.json({ ResultCode: 0 as const, ResultDesc: "Accepted" as const }, 200);
}

/** Safaricom forbids its own name and «M-PESA» in addresses, so those that Daraja is told say `phone`; both work. */
export const mpesaHooks = new Hono<HttpEnv>()
  .post(
    "/phone/callback/:secret",
    hook("phoneCallback", "What became of a request on a phone"),
    pathParameter("secret"),
    (c) => answer(c, receivePhoneCallback),
  )
  .post("/mpesa/callback/:secret", hook("mpesaCallback", "The same, by its other name"), pathParameter("secret"), (c) =>
    answer(c, receivePhoneCallback),
  )
  .post(
    "/phone/status/:secret",
    hook("phoneStatus", "What M-Pesa's books say of a receipt"),
    pathParameter("secret"),
    (c) => answer(c, receiveStatusResult),
  )
  .post("/phone/reversal/:secret", hook("phoneReversal", "What became of a refund"), pathParameter("secret"), (c) =>
    answer(c, receiveReversalResult),
  )
  .post("/mpesa/reversal/:secret", hook("mpesaReversal", "The same, by its other name"), pathParameter("secret"), (c) =>
    answer(c, receiveReversalResult),
  );
