import type { PhonePayments, PushOutcome } from "../../core/payments/phones/phone-payments.ts";
import { type DarajaAccount, signature } from "./account.ts";
import { callDaraja, type DarajaAnswer, type DarajaParts, textOf } from "./client.ts";
import { meaningOf } from "./error-codes.ts";
import { noteTrouble } from "./note-trouble.ts";

/** Before each further try of a push that was refused for busyness; each is jittered. The payer is waiting. */
const pausesMs = [400, 1200];

/** Rings once at most: it is tried again only where Daraja says that nothing was done. */
export async function pushPrompt(
  account: DarajaAccount,
  parts: DarajaParts,
  prompt: Parameters<PhonePayments["push"]>[0],
): Promise<PushOutcome> {
  const url = `${account.base}/mpesa/stkpush/v1/processrequest`;
  for (let tries = 0; ; tries += 1) {
    const answer = await callDaraja(parts, url, bodyOf(account, parts.now(), prompt));
    noteTrouble(parts, "push", answer);
    const pauseMs = pausesMs[tries];
    if (pauseMs === undefined || !isBusy(answer)) return outcomeOf(answer);
    await parts.sleep(pauseMs * (0.5 + parts.random()));
  }
}

function bodyOf(account: DarajaAccount, nowMs: number, prompt: Parameters<PhonePayments["push"]>[0]) {
  return {
    ...signature(account, nowMs),
    TransactionType: account.till === null ? "CustomerPayBillOnline" : "CustomerBuyGoodsOnline",
    Amount: prompt.amount,
    PartyA: prompt.phone,
    PartyB: account.till ?? account.shortcode,
    PhoneNumber: prompt.phone,
    CallBackURL: prompt.callbackUrl,
    AccountReference: prompt.reference,
    TransactionDesc: prompt.description,
  };
}

function isBusy(answer: DarajaAnswer): boolean {
  return answer.kind === "error" && answer.isCertain && meaningOf(answer.code, answer.words).isBusy;
}

function outcomeOf(answer: DarajaAnswer): PushOutcome {
  switch (answer.kind) {
    case "no_token":
      return { outcome: "refused", code: answer.code, reason: reasonWithoutToken(answer.code) };
    case "error": {
      const { push } = meaningOf(answer.code, answer.words);
      if (!answer.isCertain || push === "unknown") return { outcome: "unknown" };
      return { outcome: "refused", code: answer.code, reason: push };
    }
    case "fields": {
      const { ResponseCode, CheckoutRequestID, MerchantRequestID } = answer.fields;
      const [code, checkout, merchant] = [ResponseCode, CheckoutRequestID, MerchantRequestID].map(textOf);
      // "0" and "00" are both seen.
      if (!/^0+$/.test(code ?? "") || !checkout || !merchant) return { outcome: "unknown" };
      return { outcome: "prompted", checkoutRequestId: checkout, merchantRequestId: merchant };
    }
    case "unknown":
      return { outcome: "unknown" };
  }
}

/** Wrong credentials stay wrong; a token that did not come may come in a minute. */
function reasonWithoutToken(code: string): "not_set_up" | "system_busy" {
  return /^4\d\d\./.test(code) ? "not_set_up" : "system_busy";
}
