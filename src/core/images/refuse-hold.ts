import type { HoldResult } from "../credits/ledger.ts";
import { limitWords } from "../credits/limits.ts";
import { onHoldWords } from "../credits/on-hold-words.ts";
import { fail } from "../fail.ts";

/** An image's hold that was not given, told to whoever asked for the image. */
export function refuseHold(refusal: Exclude<HoldResult, { ok: true }>): never {
  switch (refusal.code) {
    case "insufficient_credits": {
      const { needed, available } = refusal;
      const detail = `An image needs ${needed} credits and you have ${available}. Nothing was charged; buy credits first.`;
      return fail("insufficient_credits", detail, { needed, available });
    }
    case "quota_exceeded": {
      const { metric, used, limit } = refusal;
      const resetsAt = new Date(refusal.resetsAtMs).toISOString();
      return fail("quota_exceeded", limitWords(refusal), { metric, used, limit, resets_at: resetsAt });
    }
    case "account_on_hold":
      return fail("account_on_hold", onHoldWords(refusal), { owed: refusal.owed });
    case "id_reused": {
      const detail = "This Idempotency-Key was used for another request. Nothing was charged; use a new key.";
      return fail("idempotency_key_reused", detail);
    }
  }
}
