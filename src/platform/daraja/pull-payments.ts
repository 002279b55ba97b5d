import { OutsideError } from "../../core/deps.ts";
import type { ReceivedPayment } from "../../core/payments/phones/phone-payments.ts";
import type { DarajaAccount } from "./account.ts";
import { callDaraja, type DarajaParts, textOf } from "./client.ts";
import { eatDateTime } from "./eat-time.ts";
import { noteTrouble } from "./note-trouble.ts";

/** More pages than a shortcode's two days have. */
const pagesMax = 200;
const successCode = "1000";
const emptyCode = "1001";

/** Reads the list page by page. null: this shortcode has no such list (the sandbox, or it was never registered). */
export async function pullPayments(
  account: DarajaAccount,
  parts: DarajaParts,
  fromMs: number,
  toMs: number,
): Promise<ReceivedPayment[] | null> {
  const received: ReceivedPayment[] = [];
  for (let page = 0; page < pagesMax; page += 1) {
    const rows = await pullPage(account, parts, { fromMs, toMs, offset: received.length });
    if (rows === null) return null;
    if (rows.length === 0) return received;
    received.push(...rows);
  }
  throw new OutsideError("M-Pesa's list of payments does not end", true);
}

async function pullPage(
  account: DarajaAccount,
  parts: DarajaParts,
  { fromMs, toMs, offset }: { fromMs: number; toMs: number; offset: number },
): Promise<ReceivedPayment[] | null> {
  const answer = await callDaraja(parts, `${account.base}/pulltransactions/v1/query`, {
    ShortCode: account.shortcode,
    StartDate: eatDateTime(fromMs),
    EndDate: eatDateTime(toMs),
    OffSetValue: String(offset),
  });
  if (answer.kind === "error" && answer.isCertain && /^40[045]\./.test(answer.code)) return null;
  if (answer.kind !== "fields") {
    noteTrouble(parts, "pull", answer);
    throw new OutsideError("M-Pesa's list of payments did not come", true);
  }
  const code = textOf(answer.fields.ResponseCode);
  if (code === emptyCode) return [];
  if (code !== successCode) throw new OutsideError(`M-Pesa's list of payments did not come: ${code}`, true);
  return readRows(answer.fields.Response);
}

/** The list lies in a list, and its keys are spelt as they are. A row that cannot be read must not pass for none. */
function readRows(response: unknown): ReceivedPayment[] {
  const rows = Array.isArray(response) ? response.flat(2) : [];
  return rows.map((row: Record<string, unknown>) => {
    const receipt = textOf(row.transactionId);
    const amount = Number(textOf(row.amount) ?? Number.NaN);
    const paidAtMs = Date.parse(textOf(row.trxDate) ?? "");
    if (receipt === null || !Number.isFinite(amount) || Number.isNaN(paidAtMs)) {
      throw new OutsideError("M-Pesa's list of payments has a row that cannot be read", true);
    }
    return { receipt, amount, phone: textOf(row.msisdn), reference: textOf(row.billreference) || null, paidAtMs };
  });
}
