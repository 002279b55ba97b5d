import type { Deps } from "../../deps.ts";
import { fail } from "../../fail.ts";
import type { CardPayments } from "./card-payments.ts";

const askAgainSeconds = 3_600;

/** Refuses `provider_not_configured`. */
export function requireCards({ cards }: Deps): CardPayments {
  return (
    cards ??
    fail(
      "provider_not_configured",
      "Cards are not set up on this service. Nothing was charged; M-Pesa may be another way to pay.",
      { retry_after: askAgainSeconds },
    )
  );
}
