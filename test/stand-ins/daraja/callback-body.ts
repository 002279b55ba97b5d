import type { CallbackMode } from "./callback-modes.ts";
import { eatTimestamp } from "./eat-time.ts";
import { maskPhone } from "./fields.ts";
import type { Result } from "./outcomes.ts";
import type { DarajaWorld, Prompt } from "./world.ts";

type Item = { Name: string; Value?: string | number };

/** Parsed it is `1` either way: only the text has the two noughts. */
const amountMark = "@amount@";
/** More than the 64 kB that anyone should take from an unknown sender. */
const hugeLength = 70_000;

export function callbackBody(world: DarajaWorld, prompt: Prompt, result: Result, modes: CallbackMode[]): string {
  const has = (mode: CallbackMode) => modes.includes(mode);
  if (has("garbage")) return '<?xml version="1.0"?><Body><stkCallback>';
  if (has("empty_envelope")) return JSON.stringify({ Body: {} });
  const other = has("other_checkout") ? world.ids.checkoutRequestId(world.now()) : null;
  const callback = {
    MerchantRequestID: has("other_merchant") ? world.ids.merchantRequestId() : prompt.merchantRequestId,
    CheckoutRequestID: other ?? prompt.checkoutRequestId,
    ResultCode: has("text_code") ? result.code : wireCode(result.code),
    ResultDesc: has("huge") ? result.description.padEnd(hugeLength, ".") : result.description,
    ...(result.code === "0" && !has("no_metadata") && { CallbackMetadata: { Item: itemsOf(world, prompt, has) } }),
  };
  const amount = prompt.amount + (has("wrong_amount") ? 1 : 0);
  const text = JSON.stringify({ Body: { stkCallback: callback } });
  return text.replace(`"${amountMark}"`, has("decimal_amount") ? `${amount}.00` : `${amount}`);
}

function itemsOf(world: DarajaWorld, prompt: Prompt, has: (mode: CallbackMode) => boolean): Item[] {
  const items: Item[] = [
    { Name: "Amount", Value: amountMark },
    { Name: "MpesaReceiptNumber", Value: prompt.receipt ?? world.ids.receipt() },
    { Name: "TransactionDate", Value: Number(eatTimestamp(prompt.endedMs ?? world.now())) },
    { Name: "PhoneNumber", Value: has("masked_phone") ? maskPhone(prompt.phone) : Number(prompt.phone) },
  ];
  if (has("balance_without_value")) items.splice(2, 0, { Name: "Balance" });
  if (has("unknown_items")) items.unshift({ Name: "LoyaltyPoints", Value: 7 }, { Name: "Remarks" });
  return has("reordered") ? items.reverse() : items;
}

export type ForgedCallback = {
  url?: string;
  resultCode?: string;
  amount?: number;
  receipt?: string;
  phone?: string;
  merchantRequestId?: string;
  checkoutRequestId?: string;
};

export function forgedBody(world: DarajaWorld, prompt: Prompt, forged: ForgedCallback): string {
  const { resultCode = "0" } = forged;
  const lie: Prompt = {
    ...prompt,
    amount: forged.amount ?? prompt.amount,
    receipt: forged.receipt ?? world.ids.receipt(),
    phone: forged.phone ?? prompt.phone,
    merchantRequestId: forged.merchantRequestId ?? prompt.merchantRequestId,
    checkoutRequestId: forged.checkoutRequestId ?? prompt.checkoutRequestId,
  };
  const description = resultCode === "0" ? "The service request is processed successfully." : "Forged.";
  return callbackBody(world, lie, { code: resultCode, description }, ["normal"]);
}

/** A number where the code is one. */
export function wireCode(code: string): string | number {
  return /^\d+$/.test(code) ? Number(code) : code;
}
