import { Check, CircleX, CreditCard, Smartphone } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import type { PaymentAnswer } from "../../../contract/payments.ts";
import { usePreferences } from "../../app/preferences.ts";
import { useBalance } from "../../app/queries.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { duration, money } from "../../ui/figures.ts";
import { Notice, ProgressBar } from "../../ui/parts.tsx";
import { longDay } from "./day.ts";
import type { Followed } from "./followed.ts";
import { forgetNextPage, useNextPage } from "./next-page.ts";
import type { PhoneOrder } from "./order.ts";
import { failureWords, paymentProblem } from "./payment-problem.ts";
import { receiptHref } from "./receipt-href.ts";
import { forgetAttempt, isOpen, planOf, useFollowedPayment, useSubscription, useWhenOver } from "./use-followed.ts";
import { usePayByPhone } from "./use-pay.ts";

/** A prompt lives a minute. */
const promptSeconds = 60;

type Props = { followed: Followed; onFollow(followed: Followed): void; onDone(): void };

/** What has become of the payment that was begun here: waited for, and then told. */
export function OpenPayment(props: Props) {
  return props.followed.id === null ? <OpenSubscription {...props} /> : <OneOpenPayment {...props} />;
}

function OneOpenPayment({ followed, onFollow, onDone }: Props) {
  const { data: payment, error } = useFollowedPayment(followed);
  if (payment === undefined || isOpen(payment)) {
    return followed.by === "mpesa" ? (
      <PhoneWait followed={followed} payment={payment} isUnheard={error !== null} />
    ) : (
      <CardWait followed={followed} onDone={onDone} />
    );
  }
  if (payment.status === "paid") return <Paid followed={followed} payment={payment} onDone={onDone} />;
  if (payment.status === "failed" || payment.status === "expired") {
    return <NotPaid followed={followed} payment={payment} onFollow={onFollow} onDone={onDone} />;
  }
  return <TakenBack onDone={onDone} />;
}

function OpenSubscription({ followed, onDone }: Props) {
  const { isHad } = useSubscription(followed);
  useWhenOver(followed, isHad);
  if (isHad) return <Paid followed={followed} onDone={onDone} />;
  return <CardWait followed={followed} onDone={onDone} />;
}

type PanelProps = { tone: "wait" | "good" | "bad"; icon: ReactNode; title: string; children: ReactNode };

/** Takes the focus when it comes, so that it is seen and read out where a phone shows only the foot of the page. */
function Panel({ tone, icon, title, children }: PanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    heading.current?.closest("section")?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <section className={`card open-payment open-payment-${tone}`} data-payment={tone}>
      <span className="open-payment-icon" aria-hidden>
        {icon}
      </span>
      <div className="open-payment-body">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {children}
      </div>
    </section>
  );
}

type PhoneWaitProps = { followed: Followed; payment: PaymentAnswer | undefined; isUnheard: boolean };

function PhoneWait({ followed, payment, isUnheard }: PhoneWaitProps) {
  const { billing } = useWords();
  const { language } = usePreferences();
  const seconds = useSecondsSince(followed.startedAtMs);
  const isLong = seconds > promptSeconds;
  const phone = followed.by === "mpesa" ? followed.phone : null;
  const waited = billing.waited(duration(seconds, language));
  return (
    <Panel tone="wait" icon={<Smartphone size={28} />} title={billing.waitTitle}>
      <ol className="steps">
        {billing.waitSteps(phone, payment === undefined ? "…" : money(payment)).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <div className="payment-progress">
        <ProgressBar label={waited} percent={Math.min(100, (seconds / promptSeconds) * 100)} />
        <span className="small soft figures">{waited}</span>
      </div>
      <p className="small soft" role="status">
        {isLong ? billing.waitLong : billing.waitNote}
      </p>
      {isUnheard && <Notice tone="warn">{billing.waitUnheard}</Notice>}
    </Panel>
  );
}

function useSecondsSince(startedAtMs: number): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.floor((nowMs - startedAtMs) / 1000));
}

function CardWait({ followed, onDone }: { followed: Followed; onDone(): void }) {
  const { billing } = useWords();
  return (
    <Panel tone="wait" icon={<CreditCard size={28} />} title={billing.cardTitle}>
      <p>{billing.cardOpen}</p>
      <div className="row">
        {followed.by === "card" && (
          <a className="button button-main" href={followed.url}>
            {billing.cardGoOn}
          </a>
        )}
        <Button
          onClick={() => {
            forgetAttempt(followed);
            onDone();
          }}
        >
          {billing.letBe}
        </Button>
      </div>
    </Panel>
  );
}

function Paid({ followed, payment, onDone }: { followed: Followed; payment?: PaymentAnswer; onDone(): void }) {
  const { billing, shell } = useWords();
  const { language } = usePreferences();
  const { data: balance } = useBalance();
  const receipt = payment?.receipt_url;
  return (
    <Panel tone="good" icon={<Check size={28} />} title={billing.paidTitle}>
      <p role="status">
        {payment !== undefined && payment.credits > 0 ? (
          <>
            <strong>{billing.added(shell.credits(payment.credits))}</strong>{" "}
            {balance !== undefined && billing.nowHave(shell.credits(balance.balance))}
          </>
        ) : (
          <PlanHad plan={planOf(followed) ?? payment?.plan ?? null} />
        )}
      </p>
      <div className="row">
        <WayBack onDone={onDone} />
        {receipt !== undefined && (
          <a className="button button-plain" href={receiptHref(receipt, language)} target="_blank" rel="noopener">
            {billing.receipt}
          </a>
        )}
      </div>
    </Panel>
  );
}

/** Bought while a higher plan is on, or more of the same, it may begin only when that one ends. */
function PlanHad({ plan }: { plan: string | null }) {
  const { billing } = useWords();
  const { language } = usePreferences();
  const { data } = useSubscription();
  if (plan === null || data === undefined) return null;
  const name = billing.planNames[plan as keyof typeof billing.planNames] ?? plan;
  const isLater = data.plan !== plan && data.next?.plan === plan;
  return (
    <strong>
      {isLater ? billing.planAfter(name, longDay(data.next?.starts_at ?? "", language)) : billing.planOn(name)}
    </strong>
  );
}

function WayBack({ onDone }: { onDone(): void }) {
  const { billing } = useWords();
  const [, go] = useLocation();
  const next = useNextPage();
  if (next === null) return <Button onClick={onDone}>{billing.done}</Button>;
  const goBack = () => {
    onDone();
    forgetNextPage();
    go(next);
  };
  return (
    <>
      <Button kind="main" onClick={goBack}>
        {next === "/create" ? billing.back : billing.backElsewhere}
      </Button>
      <Button onClick={onDone}>{billing.done}</Button>
    </>
  );
}

function NotPaid({ followed, payment, onFollow, onDone }: Props & { payment: PaymentAnswer }) {
  const words = useWords();
  const { billing } = words;
  const { pay, isPaying, error } = usePayByPhone(onFollow);
  const { failure } = payment;
  const again = followed.by === "mpesa" && failure?.retryable !== false ? readAgain(followed) : null;
  return (
    <Panel
      tone="bad"
      icon={<CircleX size={28} />}
      title={billing.failedTitle[payment.status === "expired" ? "expired" : "failed"]}
    >
      <p role="alert">{failure === undefined ? billing.nothingCharged : failureWords(failure, words)}</p>
      {error !== null && <Notice tone="warn">{paymentProblem(error, words)}</Notice>}
      <div className="row">
        {again !== null && (
          <Button kind="main" isBusy={isPaying} price={money(payment)} onClick={() => pay(again)}>
            {isPaying ? billing.sending : billing.tryAgain}
          </Button>
        )}
        <Button onClick={onDone}>{billing.otherWay}</Button>
      </div>
    </Panel>
  );
}

/** null: which phone it was is not known in this tab, so it is filled in anew. */
function readAgain({ order, phone }: Extract<Followed, { by: "mpesa" }>): { order: PhoneOrder; phone: string } | null {
  return order === null || phone === null ? null : { order, phone };
}

function TakenBack({ onDone }: { onDone(): void }) {
  const { billing } = useWords();
  return (
    <Panel tone="bad" icon={<CircleX size={28} />} title={billing.takenBackTitle}>
      <p>{billing.takenBack}</p>
      <div className="row">
        <Button onClick={onDone}>{billing.done}</Button>
      </div>
    </Panel>
  );
}
