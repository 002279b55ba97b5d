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

function itemsOf(list: unknown): Map<string, unknown> {
  const items = Array.isArray(list) ? list : [];
  return new Map(
    items.flatMap((item) => {
      const fields = fieldsOf(item);
      const name = textOf(fields?.Name);
      return name === null ? [] : [[name, fields?.Value] as const];
    }),
  );
}
