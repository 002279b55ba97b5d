/**
 * What can become of a prompt. Codes are text here, as two of them are none but text; the words are what M-Pesa says.
 * 2001 is a wrong PIN here and a bad initiator in a reversal: codes belong to their API.
 */

export type Result = { code: string; description: string };

export const outcomes = {
  paid: { code: "0", description: "The service request is processed successfully." },
  no_balance: { code: "1", description: "The balance is insufficient for the transaction." },
  below_minimum: { code: "2", description: "Declined due to limit rule: less than the minimum transaction amount." },
  above_maximum: { code: "3", description: "Declined due to limit rule: greater than the maximum transaction amount." },
  daily_limit: { code: "4", description: "Declined due to limit rule: would exceed daily transfer limit." },
  shortcode_limit: { code: "8", description: "Declined due to limit rule: would exceed the maximum balance." },
  repeated: { code: "17", description: "Rule limited: same amount to the same customer within 2 minutes." },
  busy: { code: "26", description: "Traffic blocking condition in place." },
  session_open: {
    code: "1001",
    description: "Unable to lock subscriber, a transaction is already in process for the current subscriber",
  },
  expired: { code: "1019", description: "Transaction has expired." },
  unsent: { code: "1025", description: "An error occurred while sending a push request." },
  unsent_again: { code: "9999", description: "An error occurred while sending a push request." },
  withdrawn: { code: "1031", description: "Request Cancelled by user." },
  cancelled: { code: "1032", description: "Request cancelled by user" },
  unreachable: { code: "1037", description: "DS timeout user cannot be reached" },
  wrong_pin: { code: "2001", description: "The initiator information is invalid." },
  not_assigned: { code: "2028", description: "The request is not permitted according to product assignment." },
  locked: { code: "8006", description: "The security credential is locked." },
  no_operator: { code: "SFC_IC0003", description: "The operator does not exist." },
  /** Not an end: the payer has acted, M-Pesa has not decided. The driver decides again. */
  processing: { code: "4999", description: "The transaction is still under processing" },
} as const satisfies Record<string, Result>;

export type OutcomeName = keyof typeof outcomes;

/** A name of the table, or any other code at all. */
export type Outcome = OutcomeName | Result;

export function resultOf(outcome: Outcome): Result {
  return typeof outcome === "string" ? outcomes[outcome] : outcome;
}
