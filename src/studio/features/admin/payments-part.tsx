import { useState } from "react";
import type { AdminPaymentAnswer } from "../../../contract/admin.ts";
import { useLater } from "../../app/use-later.ts";
import { useWords } from "../../app/words.ts";
import type { Column } from "../../ui/data-table.tsx";
import { TextField } from "../../ui/field.tsx";
import { money } from "../../ui/figures.ts";
import { Badge, type Tone } from "../../ui/parts.tsx";
import { Select } from "../../ui/select.tsx";
import { Switch } from "../../ui/switch.tsx";
import { Time } from "../../ui/time.tsx";
import { List } from "./list.tsx";
import { type PaymentAct, PaymentActDialog } from "./payment-acts.tsx";
import { usePayments } from "./queries.ts";
import { RowMenu } from "./row-menu.tsx";

const restMs = 300;
const statuses = ["", "pending", "paid", "failed", "expired", "refunded", "disputed"] as const;
const providers = ["", "stripe", "mpesa"] as const;

export function PaymentsPart() {
  const { admin } = useWords();
  const [typed, setTyped] = useState("");
  const [status, setStatus] = useState<(typeof statuses)[number]>("");
  const [provider, setProvider] = useState<(typeof providers)[number]>("");
  const [needsLook, setNeedsLook] = useState(false);
  const query = useLater(typed.trim(), restMs);
  const payments = usePayments({
    ...(query === "" ? {} : { query }),
    ...(status === "" ? {} : { status }),
    ...(provider === "" ? {} : { provider }),
    ...(needsLook ? { attention: "true" as const } : {}),
  });
  const [open, setOpen] = useState<{ act: PaymentAct; payment: AdminPaymentAnswer } | null>(null);
  return (
    <>
      <List
        label={admin.parts.payments}
        query={payments}
        columns={usePaymentColumns((act, payment) => setOpen({ act, payment }))}
        keyOf={({ id }) => id}
        empty={admin.noPayments}
        filters={
          <>
            <TextField
              label={admin.search}
              name="search"
              type="search"
              placeholder={admin.searchPayments}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
            <Select
              label={admin.status}
              value={status}
              options={statuses.map((value) => ({ value, label: admin.paymentStatuses[value] }))}
              onChange={(value) => setStatus(value)}
            />
            <Select
              label={admin.provider}
              value={provider}
              options={providers.map((value) => ({ value, label: admin.providers[value] }))}
              onChange={(value) => setProvider(value)}
            />
            <Switch label={admin.attention} isOn={needsLook} onChange={setNeedsLook} />
          </>
        }
      />
      {open !== null && <PaymentActDialog act={open.act} payment={open.payment} onClose={() => setOpen(null)} />}
    </>
  );
}

export function usePaymentColumns(
  onAct: (act: PaymentAct, payment: AdminPaymentAnswer) => void,
): Column<AdminPaymentAnswer>[] {
  const { admin } = useWords();
  return [
    { head: admin.when, cell: ({ created_at: at }) => <Time at={at} /> },
    { head: admin.payment, cell: (payment) => <Names payment={payment} /> },
    { head: admin.amountPaid, kind: "number", cell: (payment) => <span>{money(payment)}</span> },
    { head: admin.credits, kind: "number", cell: ({ credits }) => <span>{credits.toLocaleString("en")}</span> },
    { head: admin.status, cell: (payment) => <State payment={payment} /> },
    {
      head: admin.acts,
      kind: "acts",
      cell: (payment) => (
        <RowMenu
          label={admin.actsOn(payment.id)}
          items={actsOf(payment).map((act) => ({
            words: admin.paymentActs[act],
            onChoose: () => onAct(act, payment),
          }))}
        />
      ),
    },
  ];
}

function actsOf({ status, attention }: AdminPaymentAnswer): PaymentAct[] {
  return [...(status === "paid" ? (["refund"] as const) : []), ...(attention === null ? [] : (["resolve"] as const))];
}

function Names({ payment }: { payment: AdminPaymentAnswer }) {
  const { admin } = useWords();
  return (
    <>
      <span>
        {admin.providers[payment.provider]}
        {payment.receipt !== undefined && ` · ${payment.receipt}`}
        {payment.phone !== null && ` · ${payment.phone}`}
      </span>
      <span className="code small soft">{payment.id}</span>
      <span className="code small soft">{payment.user_id}</span>
    </>
  );
}

const tones: Partial<Record<AdminPaymentAnswer["status"], Tone>> = {
  paid: "good",
  pending: "accent",
  failed: "bad",
  disputed: "bad",
};

function State({ payment }: { payment: AdminPaymentAnswer }) {
  const { admin } = useWords();
  return (
    <>
      <Badge tone={tones[payment.status] ?? "plain"}>{admin.paymentStatuses[payment.status]}</Badge>
      {payment.attention !== null && <span className="small warn-text">{payment.attention}</span>}
      {payment.claims.map((claim) => (
        <span key={claim.id} className="small soft">
          {admin.claims[claim.kind]} {money({ amount: claim.amount, currency: payment.currency })}: {claim.state}
        </span>
      ))}
    </>
  );
}
