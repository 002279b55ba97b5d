import { type ReactNode, useState } from "react";
import type { AdminPaymentAnswer, StrayReceiptAnswer, StuckAnswer } from "../../../contract/admin.ts";
import { useWords } from "../../app/words.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { money } from "../../ui/figures.ts";
import { Loaded } from "../../ui/loaded.tsx";
import { Badge, Notice } from "../../ui/parts.tsx";
import { Time } from "../../ui/time.tsx";
import { type PaymentAct, PaymentActDialog } from "./payment-acts.tsx";
import { usePaymentColumns } from "./payments-part.tsx";
import { useStuck } from "./queries.ts";
import { type ReceiptAct, ReceiptActDialog, receiptActs } from "./receipt-acts.tsx";
import { RowMenu } from "./row-menu.tsx";
import { useVideoColumns } from "./videos-part.tsx";

export function stuckCount(stuck: StuckAnswer): number {
  return Object.values(stuck).reduce((sum, { count }) => sum + count, 0);
}

/** What a person has to look at; empty on a good day. */
export function StuckPart() {
  const { admin } = useWords();
  const stuck = useStuck();
  const [open, setOpen] = useState<{ act: PaymentAct; payment: AdminPaymentAnswer } | null>(null);
  const [found, setFound] = useState<{ act: ReceiptAct; stray: StrayReceiptAnswer } | null>(null);
  return (
    <section className="admin-part" aria-label={admin.parts.stuck}>
      <Loaded query={stuck} skeleton="skeleton-list">
        {(lists) =>
          stuckCount(lists) === 0 ? (
            <Notice tone="good">{admin.nothingStuck}</Notice>
          ) : (
            <Lists
              stuck={lists}
              onAct={(act, payment) => setOpen({ act, payment })}
              onReceipt={(act, stray) => setFound({ act, stray })}
            />
          )
        }
      </Loaded>
      {open !== null && <PaymentActDialog act={open.act} payment={open.payment} onClose={() => setOpen(null)} />}
      {found !== null && <ReceiptActDialog act={found.act} stray={found.stray} onClose={() => setFound(null)} />}
    </section>
  );
}

type ListsProps = {
  stuck: StuckAnswer;
  onAct(act: PaymentAct, payment: AdminPaymentAnswer): void;
  onReceipt(act: ReceiptAct, stray: StrayReceiptAnswer): void;
};

function Lists({ stuck, onAct, onReceipt }: ListsProps) {
  const paymentColumns = usePaymentColumns(onAct);
  const videoColumns = useVideoColumns();
  const payments = (rows: AdminPaymentAnswer[], label: string) => (
    <DataTable label={label} columns={paymentColumns} rows={rows} keyOf={({ id }) => id} />
  );
  const videos = (rows: StuckAnswer["waiting_videos"]["data"], label: string) => (
    <DataTable label={label} columns={videoColumns} rows={rows} keyOf={({ id }) => id} />
  );
  return (
    <>
      <Group name="attention" count={stuck.attention.count}>
        {(label) => payments(stuck.attention.data, label)}
      </Group>
      <Group name="unfulfilled" count={stuck.unfulfilled.count}>
        {(label) => payments(stuck.unfulfilled.data, label)}
      </Group>
      <Group name="unsettled_claims" count={stuck.unsettled_claims.count}>
        {(label) => <Claims rows={stuck.unsettled_claims.data} label={label} />}
      </Group>
      <Group name="stray_receipts" count={stuck.stray_receipts.count}>
        {(label) => <Strays rows={stuck.stray_receipts.data} label={label} onAct={onReceipt} />}
      </Group>
      <Group name="events" count={stuck.events.count}>
        {(label) => <Events rows={stuck.events.data} label={label} />}
      </Group>
      <Group name="unsettled_videos" count={stuck.unsettled_videos.count}>
        {(label) => videos(stuck.unsettled_videos.data, label)}
      </Group>
      <Group name="waiting_videos" count={stuck.waiting_videos.count}>
        {(label) => videos(stuck.waiting_videos.data, label)}
      </Group>
    </>
  );
}

type GroupProps = { name: keyof StuckAnswer; count: number; children(label: string): ReactNode };

function Group({ name, count, children }: GroupProps) {
  const { admin } = useWords();
  if (count === 0) return null;
  const { title, text } = admin.stuck[name];
  return (
    <section className="card stuck">
      <h2 className="row-name">
        {title} <Badge tone="bad">{count}</Badge>
      </h2>
      <p className="small soft">{text}</p>
      {children(title)}
    </section>
  );
}

function Claims({ rows, label }: { rows: StuckAnswer["unsettled_claims"]["data"]; label: string }) {
  const { admin } = useWords();
  const columns = [
    { head: admin.when, cell: (row: (typeof rows)[number]) => <Time at={row.created_at} /> },
    { head: admin.kind, cell: (row: (typeof rows)[number]) => admin.claims[row.kind] },
    {
      head: admin.payment,
      cell: (row: (typeof rows)[number]) => <span className="code small">{row.payment_id}</span>,
    },
    { head: admin.status, cell: (row: (typeof rows)[number]) => `${row.state} · ${row.provider_status}` },
    {
      head: admin.amountMinor,
      kind: "number" as const,
      cell: (row: (typeof rows)[number]) => <span>{row.amount.toLocaleString("en")}</span>,
    },
  ];
  return <DataTable label={label} columns={columns} rows={rows} keyOf={({ id }) => id} />;
}

type StraysProps = { rows: StrayReceiptAnswer[]; label: string; onAct: ListsProps["onReceipt"] };

function Strays({ rows, label, onAct }: StraysProps) {
  const { admin } = useWords();
  const columns = [
    { head: admin.when, cell: (row: (typeof rows)[number]) => <Time at={row.paid_at} /> },
    { head: admin.receipt, cell: (row: (typeof rows)[number]) => <span className="code">{row.receipt}</span> },
    { head: admin.reference, cell: (row: (typeof rows)[number]) => row.reference ?? "–" },
    {
      head: admin.amountPaid,
      kind: "number" as const,
      cell: (row: (typeof rows)[number]) => <span>{money({ amount: row.amount, currency: "KES" })}</span>,
    },
    {
      head: admin.acts,
      kind: "acts" as const,
      cell: (row: (typeof rows)[number]) => (
        <RowMenu
          label={admin.actsOn(row.receipt)}
          items={receiptActs.map((act) => ({ words: admin.receiptActs[act], onChoose: () => onAct(act, row) }))}
        />
      ),
    },
  ];
  return <DataTable label={label} columns={columns} rows={rows} keyOf={({ receipt }) => receipt} />;
}

function Events({ rows, label }: { rows: StuckAnswer["events"]["data"]; label: string }) {
  const { admin } = useWords();
  const columns = [
    { head: admin.when, cell: (row: (typeof rows)[number]) => <Time at={row.received_at} /> },
    { head: admin.provider, cell: (row: (typeof rows)[number]) => admin.providers[row.provider] },
    { head: admin.kind, cell: (row: (typeof rows)[number]) => <span className="code small">{row.type}</span> },
    { head: admin.tries, kind: "number" as const, cell: (row: (typeof rows)[number]) => <span>{row.attempts}</span> },
    { head: admin.nextTry, cell: (row: (typeof rows)[number]) => <Time at={row.next_try_at} /> },
  ];
  return <DataTable label={label} columns={columns} rows={rows} keyOf={({ id }) => id} />;
}
