import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { PlansAnswer, SubscriptionAnswer } from "../../../contract/plans.ts";
import { changePlan } from "../../../sdk/operations/billing.ts";
import { queryKeys } from "../../app/queries.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { money } from "../../ui/figures.ts";
import { Notice } from "../../ui/parts.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { endsAttempt, forgetKey, keyOf } from "./attempts.ts";
import { isSoldPlan, planRanks, type SoldPlan } from "./order.ts";
import { paymentProblem } from "./payment-problem.ts";

type Props = { plan: PlansAnswer["data"][number] | null; own: SubscriptionAnswer["plan"]; onClose(): void };

/** Says what is charged before it is: at most the difference, which Stripe reckons to the day. */
export function ChangeDialog({ plan, own, onClose }: Props) {
  const words = useWords();
  const { billing } = words;
  const { change, isChanging, error, forget } = useChangePlan(onClose);
  const close = () => {
    forget();
    onClose();
  };
  const name = plan === null ? "" : billing.planNames[plan.id];
  const price = plan?.prices == null ? "" : money(plan.prices.USD);
  const isMore = plan !== null && planRanks.indexOf(plan.id) > planRanks.indexOf(own);
  return (
    <AlertDialog.Root open={plan !== null} onOpenChange={(open) => !open && close()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="veil" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title>{billing.changeTitle(name)}</AlertDialog.Title>
          <AlertDialog.Description className="soft">
            {isMore ? billing.changeMore(name, price) : billing.changeLess(name, price)}
          </AlertDialog.Description>
          {error !== null && <Notice tone="bad">{paymentProblem(error, words)}</Notice>}
          <div className="dialog-actions">
            <Button onClick={close}>{billing.changeStay}</Button>
            <Button
              kind="main"
              isBusy={isChanging}
              price={isMore ? billing.changeUpTo(price) : undefined}
              onClick={() => plan !== null && isSoldPlan(plan.id) && change(plan.id)}
            >
              {billing.changeGo}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function useChangePlan(onChanged: () => void) {
  const { billing } = useWords();
  const queryClient = useQueryClient();
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: (id: SoldPlan) => transport.call(changePlan, { plan: id }, { idempotencyKey: keyOf(`change:${id}`) }),
    onSuccess: (subscription, id) => {
      forgetKey(`change:${id}`);
      queryClient.setQueryData(queryKeys.subscription, subscription);
      for (const name of ["balance", "plans", "payments", "usage"] as const)
        void queryClient.invalidateQueries({ queryKey: queryKeys[name] });
      // What they have now is what Stripe says, not what was asked for.
      showToast(subscription.plan === id ? billing.changed(billing.planNames[id]) : billing.changeWaits);
      onChanged();
    },
    onError: (refusal, id) => {
      if (endsAttempt(refusal)) forgetKey(`change:${id}`);
    },
  });
  return { change: mutate, isChanging: isPending, error, forget: reset };
}
