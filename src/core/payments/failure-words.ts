import type { PaymentFailure } from "../../contract/payments.ts";
import { declineOf } from "./cards/decline-codes.ts";
import { resultOf } from "./phones/result-codes.ts";
import type { PaymentRow } from "./tables.ts";

const expired: PaymentFailure = {
  code: "expired",
  message: "The payment was not completed in time. Nothing was charged; start again when you are ready.",
  retryable: true,
};

/** By phone the payer may have paid and M-Pesa not have told us. */
const unanswered: PaymentFailure = {
  code: "expired",
  message:
    "M-Pesa did not tell us in time what became of this payment. If money has left your account, the credits come by themselves as soon as it does; else start again when you are ready.",
  retryable: true,
};

/** Why a payment failed, in words for the payer; what the provider wrote is for the log. */
export function failureOf({
  provider,
  state,
  failureCode,
}: Pick<PaymentRow, "provider" | "state" | "failureCode">): PaymentFailure {
  if (state === "expired" || failureCode === null) return provider === "mpesa" ? unanswered : expired;
  const { message, isRetryable } = provider === "mpesa" ? resultOf(failureCode) : declineOf(failureCode);
  return { code: failureCode, message, retryable: isRetryable };
}
