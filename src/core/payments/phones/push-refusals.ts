/** Why a phone was not rung, as refusals of the API. The payment itself keeps the reason as its failure. */
import { fail } from "../../fail.ts";
import type { PushOutcome } from "./phone-payments.ts";
import { resultOf } from "./result-codes.ts";

export type PushRefusal = Extract<PushOutcome, { outcome: "refused" }>["reason"];
const reasons: readonly PushRefusal[] = ["phone_busy", "system_busy", "invalid", "not_set_up"];

/** facts of the field: at least a minute, as a prompt lives that long. */
const retryAfterSeconds = 60;

export function isPushRefusal(code: string | null): code is PushRefusal {
  return reasons.some((reason) => reason === code);
}

export function refusePush(reason: PushRefusal): never {
  const { message } = resultOf(reason);
  if (reason === "phone_busy") fail("prompt_open", message, { retry_after: retryAfterSeconds });
  if (reason === "system_busy") fail("service_unavailable", message, { retry_after: retryAfterSeconds });
  fail("payment_refused", message);
}

/** To a repeat of a request whose payment was refused: that one is over, and the key is its name. */
export function refuseRepeat(reason: PushRefusal): never {
  const words = `${resultOf(reason).message} This request has failed: send a new one with a new Idempotency-Key.`;
  fail("payment_refused", words);
}
