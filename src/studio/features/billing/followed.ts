/** The payment that this tab has begun, and follows until it is over and was seen. */
import type { PaymentAnswer } from "../../../contract/payments.ts";
import { type CardOrder, orderOf, type PhoneOrder } from "./order.ts";

export type Followed =
  | { by: "mpesa"; id: string; order: PhoneOrder | null; phone: string | null; startedAtMs: number }
  /** A plan by card has no payment until Stripe's first invoice: `id` is null. */
  | { by: "card"; id: string | null; order: CardOrder; url: string; startedAtMs: number };

export const followedName = "payment";

export function isFollowed(kept: unknown): kept is Followed | null {
  if (kept === null) return true;
  if (typeof kept !== "object") return false;
  const { by, id, startedAtMs } = kept as Record<string, unknown>;
  return (
    (by === "mpesa" || by === "card") && (typeof id === "string" || id === null) && typeof startedAtMs === "number"
  );
}

/** How long a prompt can be of any use; later M-Pesa is asked by the service alone. */
const promptMs = 5 * 60_000;

/** One that was begun elsewhere, or in this tab before it forgot. */
export function findOpenPrompt(payments: readonly PaymentAnswer[], nowMs: number): Followed | null {
  const open = payments.find(
    ({ provider, status, created_at: createdAt }) =>
      provider === "mpesa" && status === "pending" && nowMs - Date.parse(createdAt) < promptMs,
  );
  if (open === undefined) return null;
  return { by: "mpesa", id: open.id, order: orderOf(open), phone: null, startedAtMs: Date.parse(open.created_at) };
}
