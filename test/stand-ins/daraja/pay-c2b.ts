import { queueDelivery } from "./deliveries.ts";
import { eatTimestamp } from "./eat-time.ts";
import { maskPhone } from "./fields.ts";
import type { DarajaWorld, Transaction } from "./world.ts";

export type C2bPayment = {
  phone: string;
  amount: number;
  /** Typed by the payer: whatever they like. */
  account: string;
  firstName?: string;
};

export function receiveC2b(world: DarajaWorld, payment: C2bPayment): Transaction {
  const transaction: Transaction = {
    firstName: "JOHN",
    ...payment,
    receipt: world.ids.receipt(),
    kind: "c2b",
    atMs: world.now(),
    checkoutRequestId: null,
    reversedBy: null,
  };
  world.transactions.set(transaction.receipt, transaction);
  confirmC2b(world, transaction);
  return transaction;
}

/** Nothing without a registered ConfirmationURL, as with the real one. */
export function confirmC2b(world: DarajaWorld, transaction: Transaction): void {
  if (world.registration === null) return;
  const body = {
    TransactionType: "Pay Bill",
    TransID: transaction.receipt,
    TransTime: eatTimestamp(transaction.atMs),
    TransAmount: `${transaction.amount}.00`,
    BusinessShortCode: world.options.shortcode,
    BillRefNumber: transaction.account,
    InvoiceNumber: "",
    OrgAccountBalance: "",
    ThirdPartyTransID: "",
    MSISDN: maskPhone(transaction.phone),
    FirstName: transaction.firstName,
    MiddleName: "",
    LastName: "",
  };
  queueDelivery(world, {
    kind: "c2b_confirmation",
    url: world.registration.confirmationUrl,
    body: JSON.stringify(body),
    phone: transaction.phone,
    checkoutRequestId: transaction.checkoutRequestId,
  });
}
