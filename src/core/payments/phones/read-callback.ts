/** What Daraja POSTs after a push, read from whatever came: by name, in any order, numbers or texts. */

export type PhoneCallback = {
  merchantRequestId: string;
  checkoutRequestId: string;
  resultCode: string;
  /** Whole shillings; NaN: something that is no number. null: not told. */
  amount: number | null;
  receipt: string | null;
};

type Fields = Record<string, unknown>;

/** null: it is not such a callback. */
export function readCallback(body: string): PhoneCallback | null {
  const callback = fieldsOf(fieldsOf(readFields(body)?.Body)?.stkCallback);
  const merchantRequestId = textOf(callback?.MerchantRequestID);
  const checkoutRequestId = textOf(callback?.CheckoutRequestID);
  const resultCode = readCode(callback?.ResultCode);
  if (callback === null || merchantRequestId === null || checkoutRequestId === null || resultCode === null) return null;
  const items = itemsOf(fieldsOf(callback.CallbackMetadata)?.Item);
  const amount = textOf(items.get("Amount"));
  const receipt = textOf(items.get("MpesaReceiptNumber"))?.toUpperCase() ?? null;
  return {
    merchantRequestId,
    checkoutRequestId,
    resultCode,
    amount: amount === null ? null : Number(amount),
    receipt: receipt !== null && /^[A-Z0-9]{10}$/.test(receipt) ? receipt : null,
  };
}

export type ReversalResult = {
  /** null: it is not known yet, or cannot be read. */
  resultCode: string | null;
  conversationId: string | null;
  transactionId: string | null;
};

/** ResultType 0 is a result; any other one only says that it waits. */
export function readReversalResult(body: string): ReversalResult {
  const result = fieldsOf(readFields(body)?.Result);
  return {
    resultCode: textOf(result?.ResultType) === "0" ? readCode(result?.ResultCode) : null,
    conversationId: textOf(result?.ConversationID),
    transactionId: textOf(result?.TransactionID),
  };
}

export type StatusResult = {
  /** null: it is not known yet, or cannot be read. */
  resultCode: string | null;
  conversationId: string | null;
  /** `Completed`, and others; null: not told. So is each of the following. */
  status: string | null;
  receipt: string | null;
  /** Whole shillings. */
  amount: number | null;
  /** Digits, as far as they are shown. */
  payer: string | null;
  payee: string | null;
  initiatedAtMs: number | null;
};

/** Parties are told as «254708374149 - John Doe», moments as 20261121143005 in East Africa Time. */
export function readStatusResult(body: string): StatusResult {
  const result = fieldsOf(readFields(body)?.Result);
  const told = itemsOf(fieldsOf(result?.ResultParameters)?.ResultParameter, "Key");
  const partyOf = (name: string) => textOf(told.get(name))?.split(" - ")[0]?.trim() ?? null;
  const amount = Number(textOf(told.get("Amount")) ?? Number.NaN);
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(textOf(told.get("InitiatedTime")) ?? "") ?? [];
  const initiatedAtMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+03:00`);
  return {
    resultCode: textOf(result?.ResultType) === "0" ? readCode(result?.ResultCode) : null,
    conversationId: textOf(result?.ConversationID),
    status: readCode(told.get("TransactionStatus")),
    receipt: textOf(told.get("ReceiptNo"))?.toUpperCase() ?? null,
    amount: Number.isFinite(amount) ? amount : null,
    payer: partyOf("DebitPartyName"),
    payee: partyOf("CreditPartyName"),
    initiatedAtMs: Number.isNaN(initiatedAtMs) ? null : initiatedAtMs,
  };
}

function readFields(body: string): Fields | null {
  // What strangers send need not be JSON.
  try {
    return fieldsOf(JSON.parse(body));
  } catch {
    return null;
  }
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : null;
}

/** Kept as text, as some are no numbers. */
function readCode(value: unknown): string | null {
  const code = textOf(value);
  return code !== null && /^[\w.-]{1,32}$/.test(code) ? code : null;
}

function itemsOf(list: unknown, nameField: "Name" | "Key" = "Name"): Map<string, unknown> {
  const items = Array.isArray(list) ? list : [];
  return new Map(
    items.flatMap((item) => {
      const fields = fieldsOf(item);
      const name = textOf(fields?.[nameField]);
      return name === null ? [] : [[name, fields?.Value] as const];
    }),
  );
}
