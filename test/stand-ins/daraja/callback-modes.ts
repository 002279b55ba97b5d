/** How a prompt's callback arrives. Modes can be combined, as they are in the wild: `["twice", "masked_phone"]`. */
export const callbackModes = [
  /** Once, as documented, when the payer has acted. */
  "normal",
  /** Never: the callback is lost. */
  "none",
  "twice",
  /** `lateMs` after the payer has acted; three hours unless told. */
  "late",
  /** Before the push call has been answered. Only by `planNext`, or a magic phone: later is too late to be early. */
  "early",
  /** Of a payment: first a callback that says 1037, then the true one. */
  "success_after_failure",
  /** Of a payment: first the true one, then a callback that says 1032. */
  "failure_after_success",
  /** Of a payment: an amount of one shilling more than was asked and paid. */
  "wrong_amount",
  "other_checkout",
  "other_merchant",
  /** To a path whose last part is not the one that was given. */
  "forged_path",
  "masked_phone",
  /** A `Balance` item that has a name and no value. */
  "balance_without_value",
  "reordered",
  "unknown_items",
  /** `1.00` in the JSON where otherwise there is `1`. */
  "decimal_amount",
  "text_code",
  /** A success without CallbackMetadata. */
  "no_metadata",
  /** An envelope in which there is nothing. */
  "empty_envelope",
  /** More than 64 kB of valid JSON. */
  "huge",
  /** No JSON. */
  "garbage",
  /** The payment is also told to the registered ConfirmationURL, as if the payer had paid from the phone's menu. */
  "also_c2b",
] as const;

export type CallbackMode = (typeof callbackModes)[number];

export const usualLateMs = 3 * 60 * 60 * 1000;
