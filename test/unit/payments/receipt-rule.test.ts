import { describe, expect, it } from "vitest";
import { referenceOf } from "../../../src/core/payments/phones/phone-reference.ts";
import { whyNotOf } from "../../../src/core/payments/phones/receipt-rule.ts";

const minuteMs = 60_000;
const createdAtMs = Date.UTC(2031, 4, 12, 9);
const id = "pay_01hzxm3k9q4v7wd2n8rtcb5ej6";
const payment = { id, provider: "mpesa", receipt: null, amount: 2500_00, phone: "254712345678", createdAtMs } as const;
const money = { receipt: "SAB1234567", amount: 2500_00, reference: null, paidAtMs: createdAtMs };
const at = (minutes: number) => ({ ...money, paidAtMs: createdAtMs + minutes * minuteMs });

describe("money that an operator has found", () => {
  it.each([
    ["at the payment's moment", payment, money],
    ["as a clock behind ours has it", payment, at(-1)],
    ["as late as a prompt may be", payment, at(10)],
    ["long after, under the payment's own reference", payment, { ...at(2000), reference: referenceOf(id) }],
    ["under words of the payer's own", payment, { ...money, reference: "my rent" }],
    ["whose receipt the payment has already", { ...payment, receipt: money.receipt }, money],
  ])("may be its payment's: %s", (_, one, found) => {
    expect(whyNotOf(one, found, "254712345678")).toBeNull();
  });

  it.each([
    ["of a card", { ...payment, provider: "stripe" as const, phone: null }, money, "not asked for on a phone"],
    ["with a receipt", { ...payment, receipt: "SAB7654321" }, money, "SAB7654321"],
    ["of a cent more", { ...payment, amount: 2500_01 }, money, "KES 2500.01"],
    ["begun too late", payment, { ...at(0), paidAtMs: createdAtMs - minuteMs - 1 }, "begun after"],
    ["begun too late, though named", payment, { ...at(-2), reference: referenceOf(id) }, "begun after"],
    ["begun too early", payment, { ...at(10), paidAtMs: createdAtMs + 10 * minuteMs + 1 }, "too long after"],
    ["when another is named", payment, { ...money, reference: "SJ0000000000" }, "another payment of ours"],
  ])("is not that of a payment %s", (_, one, found, words) => {
    expect(whyNotOf(one, found, "254712345678")).toContain(words);
  });

  it.each([
    ["0712 345 678", true],
    ["0712****678", true],
    ["+254 712-345678", true],
    ["0712****679", false],
    ["*********678", false],
  ])("of a payer shown as %s: %s", (shown, may) => {
    expect(whyNotOf(payment, money, shown) === null).toBe(may);
  });
});
