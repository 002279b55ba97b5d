/** Why a payment by M-Pesa did not come about, in words for the payer. Codes of the STK push alone: other APIs share numbers, not meanings. */

export type MpesaResult = {
  message: string;
  /** false: the payment may still be decided. */
  isFinal: boolean;
  /** The payer may try again with success. */
  isRetryable: boolean;
  /** Our set-up is wrong: a person has to mend it. */
  isOurFault: boolean;
};

const nothing = "Nothing was charged";

function ended(message: string, { isRetryable = true, isOurFault = false } = {}): MpesaResult {
  return { message, isFinal: true, isRetryable, isOurFault };
}

const limits = (words: string) => ended(`${words} ${nothing}.`, { isRetryable: false });
const unsent = ended(`M-Pesa could not reach your phone with its request. ${nothing}; try again in a few minutes.`);
const cancelled = ended(`You cancelled the payment on your phone. ${nothing}; start again whenever you like.`);
const ourSetUp = ended(
  `Our M-Pesa account is not set up right, which is our mistake. ${nothing}; pay by card meanwhile, or try again later.`,
  { isOurFault: true },
);

const results: Record<string, MpesaResult> = {
  "1": ended(`There is not enough money in your M-Pesa account. ${nothing}; top up and try again.`),
  "2": limits("The amount is below what M-Pesa takes: choose a larger one."),
  "3": limits("The amount is above what M-Pesa takes at a time: choose a smaller one."),
  "4": limits("This would go beyond your M-Pesa limit for today: choose a smaller amount, or wait until tomorrow."),
  "8": limits("Our M-Pesa account cannot take this much now: choose a smaller amount, pay by card, or wait a day."),
  "17": ended(`M-Pesa does not take the same amount twice within 2 minutes. ${nothing}; wait 2 minutes and try again.`),
  "26": ended(`M-Pesa is busy. ${nothing}; try again in a few minutes.`),
  "1001": ended(
    `Your phone had another M-Pesa request open. ${nothing}; finish that one, wait a minute and try again.`,
  ),
  "1019": ended(`The request ran out before it was answered. ${nothing}; try again.`),
  "1025": unsent,
  "1031": cancelled,
  "1032": cancelled,
  "1037": ended(`Your phone did not answer in time. ${nothing}; unlock it, see that it has signal, and try again.`),
  "2001": ended(`The M-Pesa PIN was not right. ${nothing}; check it and try again.`),
  "2028": ourSetUp,
  "4999": {
    message: "M-Pesa is still working on this payment. There is nothing to do; wait a little.",
    isFinal: false,
    isRetryable: false,
    isOurFault: false,
  },
  "8006": limits("M-Pesa has locked your PIN: call Safaricom on 100 or 234 to have it opened."),
  "9999": unsent,
  SFC_IC0003: ourSetUp,

  // Ours: why the phone was never rung, and what only a person can decide.
  phone_busy: ended(
    `Your phone has another M-Pesa request open. ${nothing}; finish that one, wait a minute and start again.`,
  ),
  system_busy: ended(`M-Pesa is busy and did not ring your phone. ${nothing}; start again in a minute.`),
  invalid: ended(`M-Pesa did not take this request. ${nothing}; check the phone number, or pay by card.`),
  not_set_up: ourSetUp,
  amount_differs: {
    message:
      "M-Pesa told us of another amount than the one we asked for. No credits were given yet; we are looking at it, and you need not pay again.",
    isFinal: true,
    isRetryable: false,
    isOurFault: true,
  },
  settled_by_hand: {
    message:
      "We have dealt with the money of this payment by hand: it was sent back, or what it bought was given in another way. You need not pay again; ask us if something is missing.",
    isFinal: true,
    isRetryable: false,
    isOurFault: false,
  },
};

const unknown = ended(
  `M-Pesa did not complete this payment. If money has left your account all the same, the credits come by themselves; else try again.`,
);

export function resultOf(code: string): MpesaResult {
  return Object.hasOwn(results, code) ? (results[code] ?? unknown) : unknown;
}

/** Of a code that nobody knows a callback is believed, since a later success overturns it, and a query is not. */
export function isKnownEnd(code: string): boolean {
  return Object.hasOwn(results, code) && results[code]?.isFinal === true;
}
