import type { PaymentAnswer } from "../../contract/payments.ts";
import type { UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { refreshCardPayment } from "./cards/check-card-payments.ts";
import { refreshPhonePayment } from "./phones/check-phone-payments.ts";
import { findTenantPayment } from "./store.ts";
import type { PaymentRow } from "./tables.ts";
import { toPaymentAnswer } from "./to-wire.ts";

/** Refuses `not_found`, for another tenant's too. */
export async function requirePayment({ deps, actor }: UserContext, id: string): Promise<PaymentRow> {
  const row = await findTenantPayment(deps, actor.tenantId, id);
  return row ?? fail("not_found", "There is no payment of this name.");
}

/** Whoever waits for a payment asks for it again and again: its provider is asked along with it. */
export async function readPayment(context: UserContext, id: string): Promise<PaymentAnswer> {
  const payment = await requirePayment(context, id);
  const refresh = payment.provider === "mpesa" ? refreshPhonePayment : refreshCardPayment;
  return toPaymentAnswer(context, await refresh(context, payment));
}
