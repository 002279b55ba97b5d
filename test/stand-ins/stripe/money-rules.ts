import { refuse } from "./stripe-fault.ts";
import type { BalanceTransaction } from "./wire.ts";
import type { World } from "./world.ts";

/**
 * The least that can be charged. KES is not in Stripe's table; there the rule is half a dollar's worth, taken here as a
 * round KES 65.
 */
const minimums: Record<string, number> = {
  usd: 50,
  eur: 50,
  gbp: 30,
  kes: 6_500,
  ugx: 200_000,
  tzs: 130_000,
  zar: 900,
};
const maximum = 99_999_999;

export function checkCurrency(currency: string): void {
  if (!(currency in minimums))
    refuse(
      `Invalid currency: ${currency}. Stripe currently supports these currencies: ${Object.keys(minimums).join(", ")}`,
      { param: "currency" },
    );
}

export function checkAmount(amount: number, currency: string, words = "Amount", param = "amount"): void {
  checkCurrency(currency);
  const minimum = minimums[currency] ?? 0;
  if (amount < minimum)
    refuse(`${words} must be at least ${moneyText(minimum, currency)}`, { code: "amount_too_small", param });
  if (amount > maximum)
    refuse(`${words} must be no more than ${moneyText(maximum, currency)}`, { code: "amount_too_large", param });
}

export function moneyText(amount: number, currency: string): string {
  const whole = (Math.abs(amount) / 100).toFixed(2);
  return `${amount < 0 ? "-" : ""}${currency === "usd" ? "$" : ""}${whole} ${currency}`;
}

/** A move on the account's balance at Stripe: what a charge brought, or a refund or dispute took. */
export function moveBalance(
  world: World,
  move: { amount: number; fee?: number; currency: string; source: string; type: string; category: string },
): BalanceTransaction {
  const { amount, fee = 0, currency, source, type, category } = move;
  return world.add<BalanceTransaction>({
    id: world.newId("txn"),
    object: "balance_transaction",
    amount,
    available_on: world.nowSeconds() + 2 * 86_400,
    balance_type: "payments",
    created: world.nowSeconds(),
    currency,
    description: null,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [{ amount: fee, application: null, currency, description: "Stripe processing fees", type: "stripe_fee" }],
    net: amount - fee,
    reporting_category: category,
    source,
    status: "pending",
    type,
  });
}
