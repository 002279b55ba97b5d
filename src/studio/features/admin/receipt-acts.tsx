import { useState } from "react";
import type { StrayReceiptAnswer } from "../../../contract/admin.ts";
import { adminCreditReceipt, adminSettleReceipt } from "../../../sdk/operations/admin.ts";
import { fieldProblem } from "../../app/problem-words.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { TextField } from "../../ui/field.tsx";
import { money } from "../../ui/figures.ts";
import { ActDialog } from "./act-dialog.tsx";

export const receiptActs = ["credit", "settle"] as const;
export type ReceiptAct = (typeof receiptActs)[number];
type Props = { stray: StrayReceiptAnswer; onClose(): void };

export function ReceiptActDialog({ act, stray, onClose }: Props & { act: ReceiptAct }) {
  return act === "credit" ? <Credit stray={stray} onClose={onClose} /> : <Settle stray={stray} onClose={onClose} />;
}

function Credit({ stray: { receipt, amount }, onClose }: Props) {
  const { admin } = useWords();
  const [paymentId, setPaymentId] = useState("");
  const [phone, setPhone] = useState("");
  return (
    <ActDialog
      title={admin.creditTitle(receipt, money({ amount, currency: "KES" }))}
      text={admin.creditText}
      go={admin.receiptActs.credit}
      onClose={onClose}
      act={async (reason, options) => {
        const named = { payment_id: paymentId.trim(), payer_phone: phone.trim() };
        const { payment } = await transport.call(adminCreditReceipt, { receipt, reason, ...named }, options);
        return admin.credited(receipt, payment.id);
      }}
    >
      {(errors) => (
        <>
          <TextField
            label={admin.paymentId}
            name="payment"
            placeholder="pay_…"
            autoComplete="off"
            spellCheck={false}
            value={paymentId}
            error={fieldProblem(errors, "/payment_id")}
            onChange={(event) => setPaymentId(event.target.value)}
          />
          <TextField
            label={admin.payerPhone}
            name="phone"
            inputMode="tel"
            autoComplete="off"
            hint={admin.payerPhoneHint}
            value={phone}
            error={fieldProblem(errors, "/payer_phone")}
            onChange={(event) => setPhone(event.target.value)}
          />
        </>
      )}
    </ActDialog>
  );
}

function Settle({ stray: { receipt, amount }, onClose }: Props) {
  const { admin } = useWords();
  return (
    <ActDialog
      title={admin.settleTitle(receipt, money({ amount, currency: "KES" }))}
      text={admin.settleText}
      go={admin.receiptActs.settle}
      reasonHint={admin.noteHint}
      onClose={onClose}
      act={async (reason, options) => {
        await transport.call(adminSettleReceipt, { receipt, reason }, options);
        return admin.settled(receipt);
      }}
    />
  );
}
