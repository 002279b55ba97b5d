import { type Answer, json } from "./answers.ts";
import {
  type Fields,
  field,
  firstWrong,
  isAmount,
  isCallbackUrl,
  isPhone,
  isShortcode,
  isTimely,
  isWithin,
  passwordOf,
} from "./fields.ts";
import { magicPhones } from "./magic-phones.ts";
import { decidePrompt, openPrompt } from "./prompts.ts";
import { refuse, refuseField } from "./refusals.ts";
import type { DarajaWorld, Prompt, PromptPlan } from "./world.ts";

const payBill = "CustomerPayBillOnline";
const buyGoods = "CustomerBuyGoodsOnline";

export async function push(
  world: DarajaWorld,
  fields: Fields,
  signal: AbortSignal | null | undefined,
): Promise<Answer> {
  const refusal = refusePush(world, fields);
  if (refusal !== null) return refusal;
  const phone = field(fields, "PhoneNumber");
  const plan = planFor(world, fields, phone);
  world.plans.delete(phone);
  const prompt = openPrompt(
    world,
    {
      phone,
      amount: Number(field(fields, "Amount")),
      accountReference: field(fields, "AccountReference"),
      transactionDesc: field(fields, "TransactionDesc"),
      transactionType: field(fields, "TransactionType"),
      callBackUrl: field(fields, "CallBackURL"),
    },
    plan,
  );
  if (plan.outcome !== undefined) decidePrompt(world, prompt, plan.outcome);
  if (plan.modes?.includes("early") === true) await handOutFirst(world, prompt, signal);
  return json({
    MerchantRequestID: prompt.merchantRequestId,
    CheckoutRequestID: prompt.checkoutRequestId,
    ResponseCode: "0",
    ResponseDescription: "Success. Request accepted for processing",
    CustomerMessage: "Success. Request accepted for processing",
  });
}

function refusePush(world: DarajaWorld, fields: Fields): Answer | null {
  const get = (name: string) => field(fields, name);
  const wrong = firstWrong([
    ["BusinessShortCode", isShortcode(get("BusinessShortCode"))],
    ["Password", get("Password") !== ""],
    ["Timestamp", isTimely(world, get("Timestamp"))],
    ["TransactionType", [payBill, buyGoods].includes(get("TransactionType"))],
    ["Amount", isAmount(get("Amount"))],
    ["PartyA", isPhone(get("PartyA"))],
    ["PartyB", isShortcode(get("PartyB"))],
    ["PhoneNumber", isPhone(get("PhoneNumber"))],
    ["CallBackURL", isCallbackUrl(world, get("CallBackURL"))],
    ["AccountReference", isWithin(get("AccountReference"), 1, 12)],
    ["TransactionDesc", isWithin(get("TransactionDesc"), 0, 13)],
  ]);
  if (wrong !== null) return refuseField(world, wrong);
  const refusal = refuseMerchant(world, fields);
  if (refusal !== null) return refusal;
  if (!world.openByPhone.has(get("PhoneNumber"))) return null;
  const words = "Unable to lock subscriber, a transaction is already in process for the current subscriber";
  return refuse(world, "500.001.1001", words);
}

/** The push and its query are both signed by the password. */
export function refuseMerchant(world: DarajaWorld, fields: Fields): Answer | null {
  if (field(fields, "BusinessShortCode") !== world.options.shortcode) {
    return refuse(world, "500.001.1001", "Merchant does not exist");
  }
  const password = passwordOf(world, field(fields, "Timestamp"));
  return field(fields, "Password") === password ? null : refuse(world, "500.001.1001", "Wrong credentials");
}

/** A paybill number given as a till, or the other way round: accepted, and nobody's phone ever rings. */
function planFor(world: DarajaWorld, fields: Fields, phone: string): PromptPlan {
  const receiver = field(fields, "TransactionType") === payBill ? world.options.shortcode : world.options.tillNumber;
  if (field(fields, "PartyB") !== receiver) return { outcome: "no_operator" };
  return world.plans.get(phone) ?? magicPhones.get(phone) ?? {};
}

async function handOutFirst(world: DarajaWorld, prompt: Prompt, signal: AbortSignal | null | undefined): Promise<void> {
  const { deliverEarly } = world.options;
  if (deliverEarly === undefined) return world.wait(prompt.phone, signal);
  const isMine = ({ checkoutRequestId, dueMs }: { checkoutRequestId: string | null; dueMs: number }) =>
    checkoutRequestId === prompt.checkoutRequestId && dueMs <= world.now();
  const mine = world.deliveries.filter(isMine);
  world.deliveries = world.deliveries.filter((delivery) => !isMine(delivery));
  for (const delivery of mine) await deliverEarly(delivery);
}
