import type { MpesaAnswer } from "../../../contract/payments.ts";
import type { UserContext } from "../../context.ts";
import { fail, invariant } from "../../fail.ts";
import type { Order } from "../orders.ts";
import { paymentIdOf } from "../payment-id.ts";
import { findPayment, movePayment, notePayment } from "../store.ts";
import type { PaymentRow } from "../tables.ts";
import { newSecret } from "./callback-secret.ts";
import { checkPhonePayment, isOpen } from "./check-phone-payment.ts";
import { nextRung, unansweredMs } from "./check-schedule.ts";
import { requireMpesaPhone } from "./phone-number.ts";
import type { PhonePayments, PushOutcome } from "./phone-payments.ts";
import { referenceOf } from "./phone-reference.ts";
import { endPhonePayment, findOpenOnPhone, insertPhonePayment } from "./phone-store.ts";
import { isPushRefusal, refusePush, refuseRepeat } from "./push-refusals.ts";
import { resultOf } from "./result-codes.ts";

/** A prompt lives a minute. */
const promptSeconds = 60;
const notConfiguredSeconds = 3600;

export type StartPhonePayment = {
  order: Order;
  phoneNumber: string;
  idempotencyKey: string | null;
  /** Where this request came to: Daraja calls back there, unless PUBLIC_URL says otherwise. */
  origin: string;
};

/**
 * Rings a phone for a payment. The order is written first, and a phone rings once for it: a repeat with the same key, also
 * after a crash, only meets it. Refuses `provider_not_configured`, `validation_failed`, `prompt_open`, `payment_refused`,
 * `service_unavailable`, `idempotency_key_reused`.
 */
export async function startPhonePayment(context: UserContext, input: StartPhonePayment): Promise<MpesaAnswer> {
  const { deps } = context;
  const phones = deps.phones ?? refuseUnconfigured();
  const phone = requireMpesaPhone(input.phoneNumber);
  const id = await paymentIdOf(context, input.idempotencyKey);
  const { secret, hash } = await newSecret(deps);
  const origin = deps.publicUrl ?? input.origin;
  const row = toRow(context, { id, phone, order: input.order, hash, origin });
  if (!(await insertPhonePayment(context, row))) {
    const earlier = await findPayment(deps, id);
    if (earlier !== null) return answerRepeat(earlier, row);
    await refuseOpenPrompt(context, phone);
    // What held the phone has just turned out to be over.
    if (!(await insertPhonePayment(context, row))) refusePromptOpen(null);
  }
  return ring(context, phones, { row, callbackUrl: `${origin}/api/payments/phone/callback/${secret}` });
}

type NewRow = ReturnType<typeof toRow>;

function toRow(
  { deps, actor }: UserContext,
  { id, phone, order, hash, origin }: { id: string; phone: string; order: Order; hash: string; origin: string },
) {
  const nowMs = deps.clock.now();
  const { purpose, packageId, plan, credits, bonus, amount, currency } = order;
  return {
    ...{ purpose, packageId, plan, credits, bonus, amount, currency },
    id,
    tenantId: actor.tenantId,
    userId: actor.userId,
    provider: "mpesa" as const,
    state: "created" as const,
    phone,
    callbackSecretHash: hash,
    callbackOrigin: origin,
    nextCheckAtMs: nowMs + unansweredMs,
    createdAtMs: nowMs,
  };
}

async function ring(
  context: UserContext,
  phones: PhonePayments,
  { row, callbackUrl }: { row: NewRow; callbackUrl: string },
): Promise<MpesaAnswer> {
  invariant(row.currency === "KES" && row.amount % 100 === 0, "M-Pesa takes whole shillings");
  const outcome = await phones.push({
    amount: row.amount / 100,
    phone: row.phone,
    callbackUrl,
    reference: referenceOf(row.id),
    description: row.plan === null ? "Credits" : "Shujaa plan",
  });
  await record(context, row, outcome);
  const payment = await findPayment(context.deps, row.id);
  invariant(payment !== null, "an order that was written is there");
  return toAnswer(payment);
}

/** A callback may have come before the push was answered, and may have moved the payment on. */
async function record(context: UserContext, row: NewRow, outcome: PushOutcome): Promise<void> {
  const { deps } = context;
  if (outcome.outcome === "prompted") {
    const { checkoutRequestId, merchantRequestId } = outcome;
    const chance = (deps.randomness.bytes(1)[0] ?? 0) / 256;
    const nextCheckAtMs = nextRung(row.createdAtMs, deps.clock.now(), chance);
    const ids = { checkoutRequestId, merchantRequestId };
    if (!(await movePayment(deps, row.id, "pending", { ...ids, nextCheckAtMs }))) await notePayment(deps, row.id, ids);
  } else if (outcome.outcome === "refused") {
    const { code, reason } = outcome;
    const level = reason === "not_set_up" || reason === "invalid" ? "error" : "warn";
    deps.log.write(level, "mpesa_push_refused", { paymentId: row.id, code, reason });
    if (await endPhonePayment(context, row, "failed", { failureCode: reason, nextCheckAtMs: null })) refusePush(reason);
  } else {
    deps.log.write("warn", "mpesa_push_unanswered", { paymentId: row.id });
  }
}

function answerRepeat(earlier: PaymentRow, wanted: NewRow): MpesaAnswer {
  const isSame = (
    ["tenantId", "provider", "phone", "purpose", "packageId", "plan", "amount", "currency"] as const
  ).every((field) => earlier[field] === wanted[field]);
  if (!isSame) {
    fail(
      "idempotency_key_reused",
      "This Idempotency-Key was used for another payment. Nothing was charged; use a new key.",
    );
  }
  if (isPushRefusal(earlier.failureCode)) refuseRepeat(earlier.failureCode);
  return toAnswer(earlier);
}

/** Returns where the payment that held the phone is over by now. */
async function refuseOpenPrompt(context: UserContext, phone: string): Promise<void> {
  const open = await findOpenOnPhone(context.deps, phone);
  if (open === null) return;
  const isOverdue = open.nextCheckAtMs !== null && open.nextCheckAtMs <= context.deps.clock.now();
  if (isOverdue) await checkPhonePayment(context, open);
  const current = isOverdue ? await findPayment(context.deps, open.id) : open;
  if (current !== null && isOpen(current)) refusePromptOpen(context.deps.clock.now() - current.createdAtMs);
}

function refusePromptOpen(ageMs: number | null): never {
  const leftSeconds = promptSeconds - Math.floor((ageMs ?? 0) / 1000);
  fail(
    "prompt_open",
    "This phone has a payment open already. Nothing was charged; answer the request on the phone, or wait a minute and start again.",
    // Past its minute it waits for M-Pesa's word.
    { retry_after: leftSeconds > 0 ? leftSeconds : promptSeconds },
  );
}

function refuseUnconfigured(): never {
  return fail(
    "provider_not_configured",
    "M-Pesa is not set up on this service. Nothing was charged; pay another way.",
    { retry_after: notConfiguredSeconds },
  );
}

function toAnswer(payment: PaymentRow): MpesaAnswer {
  return {
    payment_id: payment.id,
    checkout_request_id: payment.checkoutRequestId,
    status: "prompted",
    message: words(payment),
  };
}

function words({ state, checkoutRequestId, phone, amount, failureCode }: PaymentRow): string {
  if (state === "paid") return "This payment is paid.";
  if (state === "failed" || state === "expired") {
    return `This payment is over. ${failureCode === null ? "Start a new one." : resultOf(failureCode).message}`;
  }
  const shillings = `KES ${(amount / 100).toLocaleString("en-GB")}`;
  return checkoutRequestId === null
    ? `M-Pesa was asked to ring ${phone} and has not answered yet. If the phone asks for your PIN, enter it there to pay ${shillings}; if it stays silent for five minutes, nothing was charged and you can start again.`
    : `Enter your M-Pesa PIN on ${phone} to pay ${shillings}. Nothing is charged until you do.`;
}
