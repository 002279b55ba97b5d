import type { Context } from "../../context.ts";
import { forEachAlone } from "../../for-each-alone.ts";
import { findDueChecks, findPayment } from "../store.ts";
import type { PaymentRow } from "../tables.ts";
import { checkPhonePayment, isOpen } from "./check-phone-payment.ts";
import { mayBePolled } from "./check-schedule.ts";

const batch = 100;
/** The cron comes every minute; what is left over is first in line then. */
const budgetMs = 45_000;

/** Cron: asks M-Pesa about every payment whose time has come, one after the other, since it refuses bursts. */
export async function checkPhonePayments(context: Context): Promise<void> {
  const { deps } = context;
  const startedAtMs = deps.clock.now();
  await forEachAlone(context, await findDueChecks(deps, "mpesa", startedAtMs, batch), async (payment) => {
    if (deps.clock.now() - startedAtMs < budgetMs) await checkPhonePayment(context, payment);
  });
}

/** The payment as it is now: somebody watches, so M-Pesa may be asked a little sooner than the cron would. */
export async function refreshPhonePayment(context: Context, payment: PaymentRow): Promise<PaymentRow> {
  const { deps } = context;
  if (payment.provider !== "mpesa" || !isOpen(payment)) return payment;
  const nowMs = deps.clock.now();
  const isDue = payment.nextCheckAtMs !== null && payment.nextCheckAtMs <= nowMs;
  if (!isDue && !mayBePolled(payment, nowMs)) return payment;
  await checkPhonePayment(context, payment);
  return (await findPayment(deps, payment.id)) ?? payment;
}
