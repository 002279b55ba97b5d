import { useRef } from "react";
import type { QuoteAnswer } from "../../../contract/videos.ts";
import { ShujaaError } from "../../../sdk/errors.ts";
import { usePreferences } from "../../app/preferences.ts";
import { problemWords } from "../../app/problem-words.ts";
import { useBalance } from "../../app/queries.ts";
import { useWords } from "../../app/words.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { duration } from "../../ui/figures.ts";
import { Notice } from "../../ui/parts.tsx";

type Props = {
  quote: QuoteAnswer | undefined;
  isCurrent: boolean;
  quoteError: unknown;
  onAskAgain(): void;
  makeError: unknown;
  isMaking: boolean;
  onMake(): void;
};

/** What it costs, and the button that says so. */
export function Summary(props: Props) {
  const { quote, isCurrent, quoteError, onAskAgain, makeError, isMaking, onMake } = props;
  const words = useWords();
  const { create, shell } = words;
  const { data: balance } = useBalance();
  // The price that was last seen stays on the button while the next one is asked, so that it does not flicker.
  const lastPrice = useRef<number | null>(null);
  if (quote?.valid === true) lastPrice.current = quote.credits;
  const credits = quote === undefined ? null : lastPrice.current;
  const isShort =
    isCurrent && credits !== null && balance !== undefined && !balance.unlimited && credits > balance.balance;

  return (
    <>
      <PriceLines quote={quote} isCurrent={isCurrent} />
      <div className="make-bar">
        {quoteError !== null && (
          <Notice tone="warn" action={<Button onClick={onAskAgain}>{shell.again}</Button>}>
            {create.quoteFailed} {problemWords(quoteError, words)}
          </Notice>
        )}
        {makeError !== null && !isShort && <MakeError error={makeError} />}
        {isShort && <Notice tone="warn">{create.short(shell.credits(credits), shell.credits(balance.balance))}</Notice>}
        {isShort ? (
          <ButtonLink kind="main" isWide href="/billing">
            {create.getCredits(shell.credits(credits - balance.balance))}
          </ButtonLink>
        ) : (
          <Button
            kind="main"
            isWide
            isBusy={isMaking}
            onClick={onMake}
            price={priceOn(credits, shell.credits, create.free)}
          >
            {isMaking ? create.making : create.make}
          </Button>
        )}
      </div>
    </>
  );
}

function priceOn(credits: number | null, say: (n: number) => string, free: string): string | undefined {
  if (credits === null) return undefined;
  return credits === 0 ? free : say(credits);
}

function PriceLines({ quote, isCurrent }: { quote: QuoteAnswer | undefined; isCurrent: boolean }) {
  const { create } = useWords();
  const { language } = usePreferences();
  if (quote === undefined || !quote.valid) return <p className="price-lines small soft">{create.quoteEmpty}</p>;
  const { breakdown, estimated_duration: length, estimated_seconds: wait } = quote;
  return (
    <div className="price-lines small" aria-live="polite" data-current={isCurrent}>
      <dl>
        {breakdown.map(({ item, credits }) => (
          <div key={item}>
            <dt>{create.items[item as keyof typeof create.items] ?? item}</dt>
            <dd className="figures">{credits}</dd>
          </div>
        ))}
      </dl>
      <p className="soft">
        {length !== null && create.upTo(duration(length, language))}
        {wait !== null && `, ${create.readyIn(duration(wait, language))}`}. {create.priceCeiling}
      </p>
    </div>
  );
}

/** A refusal about one field stands at the field; here is what is about all of it. */
function MakeError({ error }: { error: unknown }) {
  const words = useWords();
  const { create } = words;
  const needsPlan = error instanceof ShujaaError && ["quota_exceeded", "plan_required"].includes(error.code);
  return (
    <Notice tone="bad" action={needsPlan ? <ButtonLink href="/billing">{words.shell.billing}</ButtonLink> : undefined}>
      {error instanceof ShujaaError && error.code === "validation_failed" && error.errors.length > 0
        ? create.refused
        : problemWords(error, words)}
    </Notice>
  );
}
