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
import {
  type CardOrder,
  isPackageId,
  ownPrices,
  type PayMethod,
  type PhoneOrder,
  payMethods,
  readOwnCredits,
  type Wanted,
} from "./order.ts";
import { PackageChoices } from "./package-choices.tsx";
import { isUnconfigured, paymentProblem } from "./payment-problem.ts";
import { PhoneForm } from "./phone-form.tsx";
import { usePayByCard } from "./use-pay.ts";

type Package = PackagesAnswer["data"][number];

/** How many credits, and how they are paid. */
export function BuyPanel({ onFollow }: { onFollow(followed: Followed): void }) {
  const words = useWords();
  const { billing, shell } = words;
  const { data: packages, error, refetch } = usePackages();
  const [method, setMethod] = useKept<PayMethod>("payment-method", "mpesa", isMethod);
  const [wanted, setWanted] = useKept<Wanted>("payment-package", "pro", isWanted);
  const [ownText, setOwnText] = useState("100");
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
          onChoose={setWanted}
          ownText={ownText}
          onOwnText={setOwnText}
        />
      )}
      <section className="card pay">
        <Choices
          kind="segments"
          label={billing.pay}
          value={method}
          options={payMethods.map((value) => ({ value, label: billing.methods[value] }))}
          onChange={(value) => setMethod(value)}
        />
        {packages === undefined ? (
          <Skeleton className="pay-skeleton" />
        ) : (
          <Payment
            basket={
              wanted === "own"
                ? ownBasket(readOwnCredits(ownText, method), method)
                : packageBasket(
                    packages.data.find(({ id }) => id === wanted),
                    method,
                  )
            }
            method={method}
            onFollow={onFollow}
          />
        )}
      </section>
    </div>
  );
}

type Basket = {
  /** null: not a number that can be bought. */
  credits: number | null;
  price: string | undefined;
  /** By phone in shillings, by card in cents. */
  order: CardOrder | PhoneOrder | null;
};

function packageBasket(one: Package | undefined, method: PayMethod): Basket {
  if (one === undefined || !isPackageId(one.id)) return { credits: null, price: undefined, order: null };
  const { id, credits, bonus, prices } = one;
  return {
    credits: credits + bonus,
    price: money(method === "mpesa" ? prices.KES : prices.USD),
    order: { package_id: id },
  };
}

function ownBasket(credits: number | null, method: PayMethod): Basket {
  if (credits === null) return { credits, price: undefined, order: null };
  const { amount: each, currency } = ownPrices[method];
  const amount = credits * each;
  const order = { amount: method === "mpesa" ? amount / 100 : amount };
  return { credits, price: money({ amount, currency }), order };
}

type PaymentProps = { basket: Basket; method: PayMethod; onFollow(followed: Followed): void };

function Payment({ basket, method, onFollow }: PaymentProps) {
  const { billing, shell } = useWords();
  const { credits, price, order } = basket;
  return (
    <>
      <dl className="receipt-lines">
        <div>
          <dt>{billing.youGet}</dt>
          <dd className="figures">{credits === null ? "–" : shell.credits(credits)}</dd>
        </div>
        <div className="receipt-total">
          <dt>{billing.youPay}</dt>
          <dd className="figures">{price ?? "–"}</dd>
        </div>
      </dl>
      {method === "mpesa" ? (
        <PhoneForm order={order} price={price} onFollow={onFollow} />
      ) : (
        <CardForm order={order} price={price} />
      )}
    </>
  );
}

function CardForm({ order, price }: { order: CardOrder | null; price: string | undefined }) {
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
        disabled={order === null}
        price={price}
        onClick={() => order !== null && pay(order)}
      >
        {isPaying ? billing.opening : billing.payByCard}
      </Button>
      <p className="small soft">{billing.cardNote}</p>
    </div>
  );
}

function isMethod(kept: unknown): kept is PayMethod {
  return payMethods.some((one) => one === kept);
}

function isWanted(kept: unknown): kept is Wanted {
  return kept === "own" || (typeof kept === "string" && isPackageId(kept));
}
