import "./billing.css";
import { useEffect, useState } from "react";
import { useSearchParams } from "wouter";
import { useKept } from "../../app/kept.ts";
import { useTitle } from "../../app/use-title.ts";
import { useWords } from "../../app/words.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { Choices } from "../../ui/choices.tsx";
import { BalanceCard } from "./balance-card.tsx";
import { BuyPanel } from "./buy-panel.tsx";
import { type Followed, followedName, isFollowed } from "./followed.ts";
import { useNextPage } from "./next-page.ts";
import { OpenPayment } from "./open-payment.tsx";
import { PaymentsList } from "./payments-list.tsx";
import { PlansPanel } from "./plans-panel.tsx";
import { TransactionsList } from "./transactions-list.tsx";
import { useOpenPrompt } from "./use-followed.ts";

const views = ["credits", "plans", "history"] as const;
type View = (typeof views)[number];

export function BillingPage() {
  const { billing } = useWords();
  const [view, setView] = useView();
  const [kept, follow] = useKept<Followed | null>(followedName, null, isFollowed);
  const [seen, setSeen] = useState<string | null>(null);
  const [timesShown, setTimesShown] = useState(0);
  const found = useOpenPrompt(kept === null);
  const followed = kept ?? (found !== null && found.id !== seen ? found : null);
  const next = useNextPage();
  useTitle(billing.title);
  useFreshAfterBack();
  useEffect(() => {
    // Found once, it is followed to its end, though the list will not name it as open any more.
    if (found !== null && found.id !== seen) follow(found);
  }, [found, seen, follow]);
  /** One that is followed already is shown anew, and takes the eye and the focus again. */
  const show = (begun: Followed) => {
    setTimesShown((times) => times + 1);
    follow((before) => (before !== null && before.id !== null && before.id === begun.id ? before : begun));
  };
  const done = () => {
    setSeen(followed?.id ?? null);
    follow(null);
  };
  return (
    <div className="billing">
      <header className="billing-head">
        <h1>{billing.heading}</h1>
        {next !== null && (
          <ButtonLink href={next}>{next === "/create" ? billing.back : billing.backElsewhere}</ButtonLink>
        )}
      </header>
      {followed !== null && (
        <OpenPayment key={`${followed.id} ${timesShown}`} followed={followed} onFollow={show} onDone={done} />
      )}
      <BalanceCard />
      <Choices
        kind="segments"
        label={billing.viewsLabel}
        isLabelSeen={false}
        value={view}
        options={views.map((value) => ({ value, label: billing.views[value] }))}
        onChange={setView}
      />
      {view === "credits" && <BuyPanel onFollow={show} />}
      {view === "plans" && <PlansPanel onFollow={show} />}
      {view === "history" && (
        <div className="history">
          <PaymentsList />
          <TransactionsList />
        </div>
      )}
    </div>
  );
}

/** In the address, so that a link can lead to one and a reload stays on it. */
function useView(): [View, (view: View) => void] {
  const [search, setSearch] = useSearchParams();
  const asked = search.get("view");
  const view = views.find((one) => one === asked) ?? "credits";
  const setView = (chosen: View) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (chosen === "credits") after.delete("view");
        else after.set("view", chosen);
        return after;
      },
      { replace: true },
    );
  return [view, setView];
}

/** The back button may bring the page as it was left, on its way to Stripe: it is begun anew, and tells how the payment stands. */
function useFreshAfterBack(): void {
  useEffect(() => {
    const reload = ({ persisted }: PageTransitionEvent) => {
      if (persisted) window.location.reload();
    };
    window.addEventListener("pageshow", reload);
    return () => window.removeEventListener("pageshow", reload);
  }, []);
}
