import { useInfiniteQuery } from "@tanstack/react-query";
import { FileText } from "lucide-react";
import type { PaymentAnswer, PaymentsAnswer } from "../../../contract/payments.ts";
import { listPayments } from "../../../sdk/operations/payments.ts";
import { usePreferences } from "../../app/preferences.ts";
import { problemWords } from "../../app/problem-words.ts";
import { queryKeys } from "../../app/queries.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { money } from "../../ui/figures.ts";
import { Badge, Notice, Skeleton, type Tone } from "../../ui/parts.tsx";
import { Time } from "../../ui/time.tsx";
import { failureWords } from "./payment-problem.ts";
import { receiptHref } from "./receipt-href.ts";

const pageSize = 10;

const tones: Record<PaymentAnswer["status"], Tone> = {
  pending: "warn",
  paid: "good",
  failed: "bad",
  expired: "plain",
  refunded: "plain",
  disputed: "bad",
};

export function PaymentsList() {
  const words = useWords();
  const { billing, shell } = words;
  const query = useInfiniteQuery({
    queryKey: queryKeys.payments,
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? {} : { cursor: pageParam };
      return transport.call(listPayments, { limit: pageSize, ...cursor }, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page: PaymentsAnswer) => page.next_cursor,
  });
  const payments = query.data?.pages.flatMap(({ data }) => data);
  return (
    <section className="history-part" aria-label={billing.payments}>
      <h2>{billing.payments}</h2>
      {query.error !== null && (
        <Notice tone="bad" action={<Button onClick={() => void query.refetch()}>{shell.again}</Button>}>
          {problemWords(query.error, words)}
        </Notice>
      )}
      {payments === undefined && query.error === null && <Skeleton className="list-skeleton" />}
      {payments?.length === 0 && (
        <p className="soft">
          {billing.noPayments}. {billing.noPaymentsText}
        </p>
      )}
      {payments !== undefined && payments.length > 0 && (
        <ul className="payment-rows">
          {payments.map((payment) => (
            <PaymentRow key={payment.id} payment={payment} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {billing.more}
        </Button>
      )}
    </section>
  );
}

function PaymentRow({ payment }: { payment: PaymentAnswer }) {
  const words = useWords();
  const { billing } = words;
  const { language } = usePreferences();
  const { status, failure, receipt_url: receipt, refunded_amount: refunded, currency } = payment;
  return (
    <li className="payment-row">
      <div className="payment-what">
        <strong>{boughtWords(payment, words)}</strong>
        <span className="small soft">
          {billing.by[payment.provider]} · <Time at={payment.created_at} />
        </span>
        {failure !== undefined && <span className="small soft">{failureWords(failure, words)}</span>}
        {refunded > 0 && (
          <span className="small soft">{billing.refundedPart(money({ amount: refunded, currency }))}</span>
        )}
      </div>
      <strong className="figures">{money(payment)}</strong>
      <div className="payment-end">
        <Badge tone={tones[status]}>{billing.statuses[status]}</Badge>
        {receipt !== undefined && (
          <a className="payment-receipt" href={receiptHref(receipt, language)} target="_blank" rel="noopener">
            <FileText size={18} aria-hidden />
            {billing.receipt}
          </a>
        )}
      </div>
    </li>
  );
}

function boughtWords(
  { purpose, plan = "", credits }: PaymentAnswer,
  { billing, shell }: ReturnType<typeof useWords>,
): string {
  if (purpose !== "plan") return billing.bought[purpose](shell.credits(credits));
  return billing.bought.plan(billing.planNames[plan as keyof typeof billing.planNames] ?? plan);
}
