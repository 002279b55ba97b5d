/**
 * M-Pesa by Daraja, as the core sees it. Amounts are in whole shillings, phones twelve digits (2547…). Nothing is thrown
 * but OutsideError, for what cannot be said to have happened or not where the type has no place for it.
 */

export type PushOutcome =
  /** M-Pesa will ring the phone; that is all. */
  | { outcome: "prompted"; checkoutRequestId: string; merchantRequestId: string }
  /** Nothing rings. `code` is Daraja's errorCode. */
  | { outcome: "refused"; code: string; reason: "phone_busy" | "system_busy" | "invalid" | "not_set_up" }
  /** No answer, or none that can be read: the phone may ring, so it must not be asked again. */
  | { outcome: "unknown" };

/** Codes are text, as Daraja's tables have them (core/payments/phones/result-codes.ts). */
export type QueryOutcome = { state: "paid" } | { state: "failed"; resultCode: string } | { state: "pending" };

/** Whether M-Pesa has taken a request whose result comes later. */
export type Asked = { isAccepted: boolean; code: string; conversationId: string | null };

/** A payment that the shortcode has received, from whoever. */
export type ReceivedPayment = {
  receipt: string;
  amount: number;
  phone: string | null;
  reference: string | null;
  paidAtMs: number;
};

export interface PhonePayments {
  push(prompt: {
    amount: number;
    phone: string;
    callbackUrl: string;
    /** At most 12 characters, shown to the payer. */
    reference: string;
    /** At most 13 characters. */
    description: string;
  }): Promise<PushOutcome>;
  query(checkoutRequestId: string): Promise<QueryOutcome>;
  /** Without one money cannot be sent back from here, and M-Pesa's books cannot be asked by a receipt. */
  readonly hasInitiator: boolean;
  /**
   * Asks for money to be sent back; what becomes of it comes to `resultUrl`. `isAccepted` false: refused at once, nothing
   * was done. Throws OutsideError when it may have been done.
   */
  reverse(reversal: { receipt: string; amount: number; remarks: string; resultUrl: string }): Promise<Asked>;
  /** Asks M-Pesa's books for a receipt; what they say comes to `resultUrl`. As `reverse` otherwise. */
  askStatus(question: { receipt: string; resultUrl: string }): Promise<Asked>;
  /** Whether a party that M-Pesa names is the shortcode, or the till, that payments here go to. */
  isOurs(party: string): boolean;
  /**
   * Every payment received between two moments, at most 48 h apart; null: the list is not to be had (the sandbox has none).
   * Throws OutsideError when it does not come.
   */
  pull(fromMs: number, toMs: number): Promise<ReceivedPayment[] | null>;
  /** Whether callbacks are known to come from this address. A soft signal: published lists differ. */
  isKnownSender(address: string | null): boolean;
}
