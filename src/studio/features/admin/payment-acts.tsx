import { useState } from "react";
import type { AdminPaymentAnswer } from "../../../contract/admin.ts";
import { adminRefundPayment, adminResolvePayment } from "../../../sdk/operations/admin.ts";
import { fieldProblem } from "../../app/problem-words.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { TextField } from "../../ui/field.tsx";
import { money } from "../../ui/figures.ts";
import { ActDialog } from "./act-dialog.tsx";

export type PaymentAct = "refund" | "resolve";
type Props = { payment: AdminPaymentAnswer; onClose(): void };

export function PaymentActDialog({ act, payment, onClose }: Props & { act: PaymentAct }) {
  return act === "refund" ? (
    <Refund payment={payment} onClose={onClose} />
  ) : (
    <Resolve payment={payment} onClose={onClose} />
  );
}

function Refund({ payment, onClose }: Props) {
  const { admin } = useWords();
  const [typed, setTyped] = useState("");
  return (
    <ActDialog
      title={admin.refundTitle(money(payment))}
      text={admin.refundText}
      go={admin.paymentActs.refund}
      isDangerous
      onClose={onClose}
      act={async (reason, options) => {
        const amount = typed.trim() === "" ? {} : { amount: minorUnits(typed) };
        const done = await transport.call(adminRefundPayment, { id: payment.id, reason, ...amount }, options);
        return admin.refunded(money({ ...payment, amount: refundedOf(done.payment) }), money(payment));
      }}
    >
      {(errors) => (
        <TextField
          label={`${admin.refundAmount}, ${payment.currency}`}
          name="amount"
          inputMode="decimal"
          placeholder={(payment.amount / 100).toFixed(2)}
          hint={admin.refundHint}
          value={typed}
          error={fieldProblem(errors, "/amount")}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
    </ActDialog>
  );
}

/** Asked for, whether the provider has sent it yet or not. */
function refundedOf({ claims }: AdminPaymentAnswer): number {
  return claims.reduce((sum, { kind, amount }) => sum + (kind === "refund" ? amount : 0), 0);
}

/** What is no number is left for the service to refuse: never a guess with money. */
function minorUnits(typed: string): number {
  const text = typed.trim().replace(",", ".");
  return /^\d+(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) : 0;
}

function Resolve({ payment, onClose }: Props) {
  const { admin } = useWords();
  return (
    <ActDialog
      title={admin.resolveTitle}
      text={payment.attention}
      go={admin.paymentActs.resolve}
      reasonField="note"
      reasonHint={admin.noteHint}
      onClose={onClose}
      act={async (note, options) => {
        await transport.call(adminResolvePayment, { id: payment.id, note }, options);
        return admin.resolved;
      }}
    />
  );
}
