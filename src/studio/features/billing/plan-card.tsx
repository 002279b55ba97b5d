import { Check } from "lucide-react";
import type { PlansAnswer } from "../../../contract/plans.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { money } from "../../ui/figures.ts";
import { Badge } from "../../ui/parts.tsx";

type Plan = PlansAnswer["data"][number];
export type Offer = "card" | "phone" | "renew" | "change";

type Props = {
  plan: Plan;
  isOwn: boolean;
  offers: readonly Offer[];
  isLeaving: boolean;
  onCard(): void;
  onPhone(): void;
  onChange(): void;
};

export function PlanCard({ plan, isOwn, offers, isLeaving, onCard, onPhone, onChange }: Props) {
  const { billing } = useWords();
  const { id, prices } = plan;
  const usd = prices === null ? undefined : money(prices.USD);
  const kes = prices === null ? undefined : money(prices.KES);
  return (
    <li className="card plan" data-own={isOwn} data-plan={id}>
      <div className="plan-head">
        <h3 className="display plan-name">{billing.planNames[id]}</h3>
        {isOwn && <Badge tone="accent">{billing.planYours}</Badge>}
      </div>
      <Price plan={plan} />
      <ul className="plan-points">
        {pointsOf(plan, billing).map((point) => (
          <li key={point}>
            <Check size={18} aria-hidden />
            <span>{point}</span>
          </li>
        ))}
      </ul>
      <div className="plan-offers">
        {offers.includes("card") && (
          <Button kind="main" isWide isBusy={isLeaving} price={usd} onClick={onCard}>
            {billing.subscribe}
          </Button>
        )}
        {offers.includes("change") && (
          <Button kind="main" isWide price={usd} onClick={onChange}>
            {billing.changeTo(billing.planNames[id])}
          </Button>
        )}
        {(offers.includes("phone") || offers.includes("renew")) && (
          <Button isWide price={kes} onClick={onPhone}>
            {offers.includes("renew") ? billing.renewByPhone : billing.byPhone}
          </Button>
        )}
      </div>
    </li>
  );
}

function Price({ plan: { id, prices } }: { plan: Plan }) {
  const { billing } = useWords();
  if (prices === null || prices.USD.amount === 0)
    return <p className="plan-price soft">{id === "free" ? billing.planFree : billing.planAgreed}</p>;
  return (
    <p className="plan-price">
      <strong className="figures">{billing.planPrice(money(prices.USD), money(prices.KES))}</strong>{" "}
      <span className="soft small">{billing.planPer}</span>
    </p>
  );
}

function pointsOf(plan: Plan, billing: ReturnType<typeof useWords>["billing"]): string[] {
  const daily = plan.videos_per_day;
  const limits = plan.quotas.flatMap(({ metric, limit }) => (limit === null ? [] : [billing.quotas[metric](limit)]));
  return [
    daily === null ? billing.perDayAny : billing.perDay(daily),
    billing.creditsBy[plan.credits],
    ...plan.features.map((feature) => billing.features[feature]),
    ...(limits.length === 0 ? [billing.quotasAny] : limits),
  ];
}
