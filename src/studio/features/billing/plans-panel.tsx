import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PlansAnswer, SubscriptionAnswer } from "../../../contract/plans.ts";
import { listPlans } from "../../../sdk/operations/billing.ts";
import { problemWords } from "../../app/problem-words.ts";
import { queryKeys } from "../../app/queries.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { Notice, Skeleton } from "../../ui/parts.tsx";
import { ChangeDialog } from "./change-dialog.tsx";
import type { Followed } from "./followed.ts";
import { isSoldPlan, planRanks } from "./order.ts";
import { isUnconfigured, paymentProblem } from "./payment-problem.ts";
import { type Offer, PlanCard } from "./plan-card.tsx";
import { PlanPhoneDialog } from "./plan-phone-dialog.tsx";
import { SubscriptionCard } from "./subscription-card.tsx";
import { useSubscription } from "./use-followed.ts";
import { usePayByCard } from "./use-pay.ts";

type Plan = PlansAnswer["data"][number];

/** The plan somebody has, and those they could have. */
export function PlansPanel({ onFollow }: { onFollow(followed: Followed): void }) {
  const words = useWords();
  const { shell } = words;
  const plans = useQuery({
    queryKey: queryKeys.plans,
    queryFn: ({ signal }) => transport.call(listPlans, {}, { signal }),
  });
  const subscription = useSubscription();
  const error = plans.error ?? subscription.error;
  const again = () => {
    void plans.refetch();
    void subscription.refetch();
  };
  if (plans.data !== undefined && subscription.data !== undefined) {
    return <Plans plans={plans.data.data} subscription={subscription.data} onFollow={onFollow} />;
  }
  if (error === null) return <Skeleton className="plans-skeleton" />;
  return (
    <Notice tone="bad" action={<Button onClick={again}>{shell.again}</Button>}>
      {problemWords(error, words)}
    </Notice>
  );
}

type PlansProps = { plans: readonly Plan[]; subscription: SubscriptionAnswer; onFollow(followed: Followed): void };

function Plans({ plans, subscription, onFollow }: PlansProps) {
  const words = useWords();
  const [byPhone, setByPhone] = useState<Plan | null>(null);
  const [changing, setChanging] = useState<Plan | null>(null);
  const { pay, isPaying, error } = usePayByCard();
  return (
    <div className="stack">
      <SubscriptionCard subscription={subscription} />
      {error !== null && <Notice tone={isUnconfigured(error) ? "plain" : "bad"}>{paymentProblem(error, words)}</Notice>}
      <ul className="plans">
        {plans.map((plan) => (
          <PlanCard
            key={plan.id}
            plan={plan}
            isOwn={plan.id === subscription.plan}
            offers={offersOf(plan, subscription)}
            isLeaving={isPaying}
            onCard={() => isSoldPlan(plan.id) && pay({ plan: plan.id })}
            onPhone={() => setByPhone(plan)}
            onChange={() => setChanging(plan)}
          />
        ))}
      </ul>
      <PlanPhoneDialog
        plan={byPhone}
        onClose={() => setByPhone(null)}
        onFollow={(followed) => {
          setByPhone(null);
          onFollow(followed);
        }}
      />
      <ChangeDialog plan={changing} own={subscription.plan} onClose={() => setChanging(null)} />
    </div>
  );
}

/** As the service takes them: while a subscription goes on, a plan is changed and not bought a second time. */
function offersOf({ id }: Plan, { plan, provider, current_period_end: end }: SubscriptionAnswer): readonly Offer[] {
  if (!isSoldPlan(id)) return [];
  if (provider === "stripe") return id === plan ? [] : ["change"];
  const isCovered = planRanks.indexOf(plan) >= planRanks.indexOf(id);
  if (provider === "operator" && (isCovered || end === null)) return [];
  if (provider === "mpesa" && isCovered) return id === plan ? ["renew"] : [];
  return ["card", "phone"];
}
