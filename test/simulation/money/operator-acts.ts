/** What an operator does to other people's money: refunds, corrections, forgiveness. */
import { adjustCredits, waiveDebt } from "../../../src/core/admin/adjust-credits.ts";
import { refund } from "../../../src/core/admin/refund.ts";
import { creditReceipt } from "../../../src/core/payments/phones/credit-receipt.ts";
import { settleReceipt } from "../../../src/core/payments/phones/settle-receipt.ts";
import { reversalResults } from "../../stand-ins/daraja/reversal.ts";
import type { ResultPlan } from "../../stand-ins/daraja/world.ts";
import type { Chance } from "./chance.ts";
import { balanceOf } from "./ledger-rows.ts";
import type { Tenant } from "./money-world.ts";
import type { PaymentRow } from "./payment-watch.ts";
import type { Play } from "./play.ts";
import type { FateOf } from "./processes.ts";
import { readTruth } from "./truth.ts";

/** Anybody's session will do: who may is the route's to say, and is tested there. */
function operatorOf(play: Play): Tenant {
  const [first] = play.world.tenants;
  if (first === undefined) throw new Error("nobody is here");
  return first;
}

export function refundAsOperator(
  play: Play,
  payment: Pick<PaymentRow, "id">,
  { key, amount }: { key: string; amount: number | null },
  fateOf: FateOf,
): Promise<string> {
  return play.ask(
    {
      what: "refunds",
      tenant: operatorOf(play),
      key,
      work: async (context) => {
        const body = { reason: "Asked for it", ...(amount === null ? {} : { amount }) };
        return refund(context, { ...body, paymentId: payment.id, idempotencyKey: key });
      },
    },
    fateOf,
  );
}

export async function refundSome(play: Play, chance: Chance, key: string): Promise<string> {
  const rows = play.world.rows<PaymentRow>("SELECT * FROM payments ORDER BY id");
  const paid = rows.filter(({ state }) => state === "paid");
  const payment = chance.pickOrNull(chance.is(0.9) ? paid : rows);
  if (payment === null) return "nothing to refund";
  const amount = chance.is(0.5)
    ? null
    : payment.provider === "mpesa"
      ? payment.amount
      : chance.between(1, payment.amount);
  if (payment.provider === "mpesa") planReversal(play, chance);
  return refundAsOperator(play, payment, { key, amount }, play.fate(chance));
}

/** What M-Pesa may say of a reversal that it does not make. */
const refusals = Object.values(reversalResults).filter(({ code }) => code !== "0" && code !== "R000001");

/** What M-Pesa makes of the next reversal, and whether we hear of it. */
function planReversal(play: Play, chance: Chance): void {
  const mode = chance.weighted([
    [6, "normal"],
    [1, "twice"],
    [1, "late"],
    [1, "none"],
    [1, "timeout"],
  ] as const);
  const result = chance.is(0.7) ? undefined : chance.pick(refusals);
  const plan: ResultPlan = {
    mode,
    lateMs: chance.between(1, 30) * 3_600_000,
    ...(result === undefined ? {} : { result }),
  };
  play.world.providers.daraja.planReversal(plan);
  play.note(`reversal ${mode} ${result?.code ?? "true"}`);
}

export function adjustSome(play: Play, chance: Chance, key: string): Promise<string> {
  const { userId } = chance.pick(play.world.tenants);
  const amount = chance.pick([1, 5, 40, -1, -5, -200]);
  return play.ask(
    {
      what: amount > 0 ? "gives credits" : "takes credits",
      tenant: operatorOf(play),
      key,
      work: async (context) => {
        await adjustCredits(context, { userId, amount, reason: "A correction", idempotencyKey: key });
        return { id: key };
      },
    },
    play.fate(chance),
  );
}

export function waiveSome(play: Play, chance: Chance, key: string): Promise<string> {
  const { tenants } = play.world;
  const isOwing = ({ tenantId }: Tenant) => {
    const books = play.watch.booksOf(tenantId);
    return books !== undefined && balanceOf(books, "owed") < 0;
  };
  const { userId } = chance.pickOrNull(tenants.filter(isOwing)) ?? chance.pick(tenants);
  return play.ask(
    {
      what: "waives",
      tenant: operatorOf(play),
      key,
      work: async (context) => {
        const { waived } = await waiveDebt(context, { userId, reason: "Good will", idempotencyKey: key });
        play.note(waived > 0 ? "waived something" : "waived nothing");
        return { id: key };
      },
    },
    play.fate(chance),
  );
}

/** The payer shows their message: it is the payment's that has really been paid by it. */
export function creditStray(
  play: Play,
  { receipt, paymentId, key }: { receipt: string; paymentId: string; key: string },
  fateOf: FateOf,
): Promise<string> {
  const body = { payment_id: paymentId, payer_phone: payerOf(play, receipt) ?? "", reason: "The payer showed it" };
  return play.ask(
    {
      what: "credits a stray",
      tenant: operatorOf(play),
      key,
      work: async (context) => {
        await creditReceipt(context, { ...body, receipt });
        return { id: receipt };
      },
    },
    fateOf,
  );
}

function settleStray(play: Play, { receipt, key }: { receipt: string; key: string }, fateOf: FateOf): Promise<string> {
  return play.ask(
    {
      what: "settles a stray",
      tenant: operatorOf(play),
      key,
      work: async (context) => {
        await settleReceipt(context, { receipt, reason: "Sent back at the portal" });
        return { id: receipt };
      },
    },
    fateOf,
  );
}

/** Money on the list, or any other that M-Pesa has: to its payment, to one that somebody else's phone was asked for, or sent back. */
export function endSomeStray(play: Play, chance: Chance, key: string): Promise<string> | string {
  const receipt = chance.pickOrNull(
    play.world.rows<{ receipt: string }>("SELECT receipt FROM stray_receipts ORDER BY receipt"),
  )?.receipt;
  if (receipt === undefined) return "nothing is astray";
  if (chance.is(0.4)) return settleStray(play, { receipt, key }, play.fate(chance));
  const [paymentId] = [...readTruth(play.world)].find(([, { name }]) => name === receipt) ?? [];
  const others = play.world.rows<{ id: string }>(
    "SELECT id FROM payments WHERE phone IS NOT ? ORDER BY id",
    payerOf(play, receipt) ?? "",
  );
  const wrong = chance.is(0.2) ? chance.pickOrNull(others)?.id : undefined;
  const named = wrong ?? paymentId;
  if (named === undefined) return "nobody knows whose it is";
  return creditStray(play, { receipt, paymentId: named, key }, play.fate(chance));
}

function payerOf(play: Play, receipt: string): string | undefined {
  return play.world.providers.daraja.listTransactions().find((one) => one.receipt === receipt)?.phone;
}
