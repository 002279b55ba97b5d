const prefix = "SJ";
const digits = 10;

/**
 * The account that the payer sees on their phone, and that M-Pesa's list of payments names: at most 12 characters, its own
 * for each payment by 50 random bits, so that money leads back to its order.
 */
export function referenceOf(paymentId: string): string {
  return `${prefix}${paymentId.slice(-digits)}`.toUpperCase();
}

/** How the id of a payment with this reference ends. null: it is none of ours. */
export function idEndOf(reference: string): string | null {
  const text = reference.trim().toLowerCase();
  return new RegExp(`^${prefix.toLowerCase()}[0-9a-z]{${digits}}$`).test(text) ? text.slice(prefix.length) : null;
}
