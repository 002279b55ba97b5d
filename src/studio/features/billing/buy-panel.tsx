import { useState } from "react";
import type { PackagesAnswer } from "../../../contract/credits.ts";
import { useKept } from "../../app/kept.ts";
import { problemWords } from "../../app/problem-words.ts";
import { usePackages } from "../../app/queries.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { Choices } from "../../ui/choices.tsx";
import { money } from "../../ui/figures.ts";
import { Notice, Skeleton } from "../../ui/parts.tsx";
import type { Followed } from "./followed.ts";
import { isPackageId, type PackageId, readOwnCredits, shillingsPerCredit, type Wanted } from "./order.ts";
import { PackageChoices } from "./package-choices.tsx";
import { isUnconfigured, paymentProblem } from "./payment-problem.ts";
import { PhoneForm } from "./phone-form.tsx";
import { usePayByCard } from "./use-pay.ts";

const methods = ["mpesa", "card"] as const;
type Method = (typeof methods)[number];
type Package = PackagesAnswer["data"][number];

/** How many credits, and how they are paid. */
export function BuyPanel({ onFollow }: { onFollow(followed: Followed): void }) {
  const words = useWords();
  const { billing, shell } = words;
  const { data: packages, error, refetch } = usePackages();
  const [method, setMethod] = useKept<Method>("payment-method", "mpesa", isMethod);
  const [chosen, setChosen] = useKept<Wanted>("payment-package", "pro", isWanted);
  const [ownText, setOwnText] = useState("100");
  // A card buys packages alone.
  const wanted = method === "card" && chosen === "own" ? "pro" : chosen;
  if (packages === undefined && error !== null) {
    return (
      <Notice tone="bad" action={<Button onClick={() => void refetch()}>{shell.again}</Button>}>
        {problemWords(error, words)}
      </Notice>
    );
  }
  return (
    <div className="buy">
      {packages === undefined ? (
        <Skeleton className="packages-skeleton" />
      ) : (
        <PackageChoices
          packages={packages.data}
          wanted={wanted}
          method={method}
          onChoose={setChosen}
          ownText={ownText}
          onOwnText={setOwnText}
        />
      )}
      <section className="card pay">
        <Choices
          kind="segments"
          label={billing.pay}
          value={method}
          options={methods.map((value) => ({ value, label: billing.methods[value] }))}
          onChange={(value) => setMethod(value)}
        />
        {packages === undefined ? (
          <Skeleton className="pay-skeleton" />
        ) : (
          <Payment
            basket={basketOf(packages.data.find(({ id }) => id === wanted) ?? null, readOwnCredits(ownText))}
            method={method}
            onFollow={onFollow}
          />
        )}
      </section>
    </div>
  );
}

type Basket = {
  packageId: PackageId | null;
  /** null: not a number that can be bought. */
  credits: number | null;
  bonus: number;
  shillings: number | null;
  prices: { mpesa: string | undefined; card: string | undefined };
};

/** A package, or a number of one's own where there is none. */
function basketOf(one: Package | null, own: number | null): Basket {
  if (one === null) {
    const shillings = own === null ? null : own * shillingsPerCredit;
    const price = shillings === null ? undefined : money({ amount: shillings * 100, currency: "KES" });
    return { packageId: null, credits: own, bonus: 0, shillings, prices: { mpesa: price, card: undefined } };
  }
  const { id, credits, bonus, prices } = one;
  return {
    packageId: isPackageId(id) ? id : null,
    credits,
    bonus,
    shillings: null,
    prices: { mpesa: money(prices.KES), card: money(prices.USD) },
  };
}

type PaymentProps = { basket: Basket; method: Method; onFollow(followed: Followed): void };

function Payment({ basket, method, onFollow }: PaymentProps) {
  const { billing, shell } = useWords();
  const { packageId, credits, bonus, shillings, prices } = basket;
  const phoneOrder = packageId !== null ? { package_id: packageId } : shillings === null ? null : { amount: shillings };
  return (
    <>
      <dl className="receipt-lines">
        <div>
          <dt>{billing.youGet}</dt>
          <dd className="figures">{credits === null ? "–" : shell.credits(credits + bonus)}</dd>
        </div>
        <div className="receipt-total">
          <dt>{billing.youPay}</dt>
          <dd className="figures">{prices[method] ?? "–"}</dd>
        </div>
      </dl>
      {method === "mpesa" ? (
        <PhoneForm order={phoneOrder} price={prices.mpesa} onFollow={onFollow} />
      ) : (
        <CardForm packageId={packageId} price={prices.card} />
      )}
    </>
  );
}

function CardForm({ packageId, price }: { packageId: PackageId | null; price: string | undefined }) {
  const words = useWords();
  const { billing } = words;
  const { pay, isPaying, error } = usePayByCard();
  return (
    <div className="pay-form">
      {error !== null && <Notice tone={isUnconfigured(error) ? "plain" : "bad"}>{paymentProblem(error, words)}</Notice>}
      <Button
        kind="main"
        isWide
        isBusy={isPaying}
        disabled={packageId === null}
        price={price}
        onClick={() => packageId !== null && pay({ package_id: packageId })}
      >
        {isPaying ? billing.opening : billing.payByCard}
      </Button>
      <p className="small soft">{billing.cardNote}</p>
    </div>
  );
}

function isMethod(kept: unknown): kept is Method {
  return methods.some((one) => one === kept);
}

function isWanted(kept: unknown): kept is Wanted {
  return kept === "own" || (typeof kept === "string" && isPackageId(kept));
}
