/** What a run of all schedules has met at least once, and in fact many times: so that they cannot grow tame unnoticed. */
const each = (what: string, outcomes: readonly string[]) => outcomes.map((outcome) => `${what} ${outcome}`);

export const everyOutcome: string[] = [
  ...each("pays by card", ["answered", "died", "failed", "idempotency_key_reused", "validation_failed"]),
  ...each("intent", ["pays, succeeded", "declined, requires_payment_method", "bank works, processing"]),
  ...each("intent", ["must prove, requires_action", "leaves, requires_payment_method"]),
  ...each("confirm", ["paid", "pending", "refunded", "disputed", "expired", "not_found", "died", "failed"]),
  ...each("checks out", ["answered", "died", "failed", "idempotency_key_reused"]),
  ...each("payment page:", ["pays", "pays less", "declined", "bank works", "must prove", "leaves"]),
  ...each("returns from page:", ["paid", "waiting", "expired", "died", "failed"]),
  ...each("reads", ["paid", "pending", "refunded", "expired", "not_found", "died", "failed"]),

  ...each("pays by phone", ["answered", "died", "failed", "prompt_open"]),
  ...each("phone", [
    "paid",
    "paid after all",
    "wrong_pin",
    "busy",
    "no_balance",
    "processing",
    "session_open",
    "locked",
  ]),
  ...each("phone status", ["paid", "pending", "failed", "not_found"]),
  ...each("forged callback", ["0", "1032", "1037", "4999"]),
  ...["callback lost", "early callback answered", "webhook lost"],
  ...each("reversal", [
    "normal true",
    "twice true",
    "late true",
    "none true",
    "timeout true",
    "normal 2",
    "normal 2028",
  ]),

  ...each("subscribes", ["answered", "died", "failed", "subscription_active"]),
  ...each("subscription page:", ["pays", "declined", "bank works", "must prove", "leaves"]),
  ...each("subscription", ["card stops paying", "card pays again", "ends now", "ends with its period", "goes on"]),
  ...each("changes plan", ["answered", "failed", "subscription_active", "no_subscription"]),
  ...each("cancels", ["answered", "no_subscription"]),
  ...each("buys a plan by phone", ["answered", "died", "failed", "prompt_open", "subscription_active"]),

  ...each("refund", ["succeeded of all that was left", "succeeded in part", "succeeded, then failed"]),
  ...each("refund", ["pending in part", "pending of all that was left", "pending, then failed"]),
  ...each("dispute", ["needs_response", "needs_response, withdrawn", "warning_needs_response", "withdrawn later"]),
  ...each("dispute", ["won", "won after withdrawal", "lost after withdrawal", "prevented after withdrawal"]),
  ...each("refunds", ["answered", "not_refundable", "died", "failed"]),
  ...each("credits a stray", ["answered", "receipt_refused"]),
  ...["settles a stray answered"],
  ...each("gives credits", ["answered", "died", "failed"]),
  ...each("takes credits", ["answered", "insufficient_credits"]),
  ...each("waives", ["answered", "died", "failed"]),
  ...each("somebody", ["is frozen", "owes credits", "has paid what they owed", "was given back"]),

  ...each("orders a video", [
    "answered",
    "died",
    "failed",
    "insufficient_credits",
    "account_on_hold",
    "quota_exceeded",
  ]),
  ...["wrong_secret", "too_old", "too_far_ahead", "altered_body", "no_signature", "garbled_signature"].map(
    (how) => `forged webhook ${how} bad_signature`,
  ),
  ...["db", "ledger", "queue", "stripe", "daraja"].flatMap((kind) =>
    each(kind, ["dies_before", "dies_after", "fails_before", "fails_after", "in bad weather"]),
  ),
  ...each("object crashes", ["before_commit", "after_commit"]),
];
