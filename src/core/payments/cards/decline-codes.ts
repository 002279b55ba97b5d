/** Stripe's decline codes and error codes in words for the payer. What a bank wrote is for the log, never for the payer. */

type Decline = { message: string; isRetryable: boolean };

const nothing = "Nothing was charged";
const otherCard = (message: string): Decline => ({
  message: `${message} ${nothing}; try another card.`,
  isRetryable: true,
});
const again = (message: string): Decline => ({ message: `${message} ${nothing}; try again.`, isRetryable: true });

const declined = otherCard("The bank declined the card without saying why.");

const declines: Record<string, Decline> = {
  insufficient_funds: otherCard("There is not enough money on the card."),
  card_velocity_exceeded: otherCard("The card is at its limit for now."),
  withdrawal_count_limit_exceeded: otherCard("The card is at its limit for now."),
  expired_card: otherCard("The card has expired."),
  incorrect_number: again("The card number is not right."),
  invalid_number: again("The card number is not right."),
  incorrect_cvc: again("The security code of the card is not right."),
  invalid_cvc: again("The security code of the card is not right."),
  invalid_expiry_month: again("The card's expiry date is not right."),
  invalid_expiry_year: again("The card's expiry date is not right."),
  incorrect_zip: again("The postal code does not belong to the card."),
  incorrect_address: again("The address does not belong to the card."),
  incorrect_pin: again("The PIN is not right."),
  invalid_pin: again("The PIN is not right."),
  pin_try_exceeded: otherCard("The PIN was wrong too often."),
  currency_not_supported: otherCard("The card does not pay in this currency."),
  card_not_supported: otherCard("The card is not for purchases of this kind."),
  transaction_not_allowed: otherCard("The card is not for purchases of this kind."),
  not_permitted: otherCard("The card is not for purchases of this kind."),
  restricted_card: otherCard("The bank has restricted the card."),
  do_not_honor: declined,
  generic_decline: declined,
  card_declined: declined,
  // Whoever holds a card that was reported, or looks like fraud, may not be its owner, and is told no more than others.
  lost_card: declined,
  stolen_card: declined,
  pickup_card: declined,
  fraudulent: declined,
  merchant_blacklist: declined,
  security_violation: declined,
  duplicate_transaction: {
    message: `The bank takes it for a repeat of a payment just made. ${nothing} here; look at your payments before you try again.`,
    isRetryable: true,
  },
  authentication_required: again("The bank wants you to confirm the payment, and it was not confirmed."),
  payment_intent_authentication_failure: again("The bank could not confirm that it is you."),
  approve_with_id: again("The bank could not be reached."),
  issuer_not_available: again("The bank could not be reached."),
  processing_error: again("The card could not be processed just now."),
  reenter_transaction: again("The card could not be processed just now."),
  try_again_later: again("The card could not be processed just now."),
  amount_too_small: {
    message: `Cards do not pay so little: the least is about USD 0.50. ${nothing}; choose a larger amount.`,
    isRetryable: false,
  },
  amount_too_large: {
    message: `Cards do not pay so much at once. ${nothing}; choose a smaller amount.`,
    isRetryable: false,
  },
  /** Ours: the money moved, and not as ordered (card-verdict.ts). */
  under_review: {
    message:
      "What was paid is not what was ordered, so a person is looking at it. You get your credits, or your money back.",
    isRetryable: false,
  },
};

const unknown = otherCard("The payment did not go through.");

export function declineOf(code: string): Decline {
  return (Object.hasOwn(declines, code) ? declines[code] : undefined) ?? unknown;
}
