/** What M-Pesa says of a reversal, for the operator who asked for it. The STK push has other meanings for the same numbers. */

const words: Record<string, string> = {
  "1": "there is too little money on the M-Pesa account",
  "11": "the shortcode is not active",
  "21": "the initiator lacks the role Org Reversals Initiator",
  "2001": "the initiator, or its password, is wrong; passwords end after 90 days",
  "2006": "the shortcode's account is not active",
  "2028": "the shortcode may not reverse payments",
  "8006": "the initiator's password is locked",
  R000002: "M-Pesa does not know this receipt",
};

/** The money is with the payer, now or since another reversal. */
export function isReversed(resultCode: string): boolean {
  return resultCode === "0" || resultCode === "R000001";
}

export function reversalWords(resultCode: string): string {
  return `${words[resultCode] ?? "M-Pesa did not do it"} (${resultCode})`;
}
