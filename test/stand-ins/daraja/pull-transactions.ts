import { type Answer, json } from "./answers.ts";
import { readEatDateTime } from "./eat-time.ts";
import { type Fields, field, firstWrong, isCallbackUrl, isPhone } from "./fields.ts";
import { refuse, refuseField } from "./refusals.ts";
import type { DarajaWorld, Transaction } from "./world.ts";

const keptMs = 48 * 60 * 60 * 1000;
const pageRows = 100;

export function registerPull(world: DarajaWorld, fields: Fields): Answer {
  const wrong = firstWrong([
    ["ShortCode", field(fields, "ShortCode") === world.options.shortcode],
    ["RequestType", field(fields, "RequestType") === "Pull"],
    ["NominatedNumber", isPhone(field(fields, "NominatedNumber"))],
    ["CallBackURL", isCallbackUrl(world, field(fields, "CallBackURL"))],
  ]);
  if (wrong !== null) return refuseField(world, wrong);
  const isRepeat = world.isPullRegistered;
  world.isPullRegistered = true;
  return json({
    ResponseRefID: world.ids.originatorConversationId(),
    ResponseStatus: isRepeat ? "1001" : "1000",
    ShortCode: world.options.shortcode,
    ResponseDescription: isRepeat ? "ShortCode already Registered" : "ShortCode Registered Successfully",
  });
}

/** Whatever has been paid, with or without a callback, oldest first. The list lies in a list, as in the real answer. */
export function queryPull(world: DarajaWorld, fields: Fields): Answer {
  if (!world.isPullRegistered) return refuse(world, "400.002.02", "Bad Request - ShortCode is not registered");
  const startMs = readEatDateTime(field(fields, "StartDate"));
  const endMs = readEatDateTime(field(fields, "EndDate"));
  const offset = field(fields, "OffSetValue");
  const wrong = firstWrong([
    ["ShortCode", field(fields, "ShortCode") === world.options.shortcode],
    ["StartDate", startMs !== null],
    ["EndDate", endMs !== null && startMs !== null && endMs >= startMs && endMs - startMs <= keptMs],
    ["OffSetValue", /^\d+$/.test(offset)],
  ]);
  if (wrong !== null || startMs === null || endMs === null) return refuseField(world, wrong ?? "StartDate");
  const oldestMs = Math.max(startMs, world.now() - keptMs);
  const rows = [...world.transactions.values()].filter(({ atMs }) => atMs >= oldestMs && atMs <= endMs);
  const page = rows.slice(Number(offset), Number(offset) + pageRows);
  if (page.length === 0) {
    return json({ ResponseRefID: world.ids.originatorConversationId(), ResponseCode: "1001", Response: "[[]]" });
  }
  return json({
    ResponseRefID: world.ids.originatorConversationId(),
    ResponseCode: "1000",
    ResponseMessage: "Success",
    Response: [page.map(rowOf)],
  });
}

function rowOf(transaction: Transaction) {
  const isTill = transaction.kind === "stk" && transaction.account === "";
  return {
    transactionId: transaction.receipt,
    trxDate: `${new Date(transaction.atMs).toISOString().slice(0, 19)}Z`,
    msisdn: `${transaction.phone.slice(0, 4)} ***** ${transaction.phone.slice(-3)}`,
    sender: transaction.firstName,
    transactiontype: isTill ? "c2b-buy-goods-debit" : "c2b-pay-bill-debit",
    billreference: transaction.account,
    amount: `${transaction.amount}.00`,
    organizationname: "Stand-in",
  };
}
