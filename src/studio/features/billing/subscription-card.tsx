import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SubscriptionAnswer } from "../../../contract/plans.ts";
import { cancelSubscription, openPortal } from "../../../sdk/operations/billing.ts";
import type { Language } from "../../app/language.ts";
import { usePreferences } from "../../app/preferences.ts";
import { queryKeys } from "../../app/queries.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Notice } from "../../ui/parts.tsx";
import { showToast } from "../../ui/toasts.tsx";
import type { Words } from "../../words/en.ts";
import { longDay } from "./day.ts";
import { leaveFor } from "./leave-for.ts";
import { isUnconfigured, paymentProblem } from "./payment-problem.ts";

/** The plan there is now, until when, and what can be done with it. */
export function SubscriptionCard({ subscription }: { subscription: SubscriptionAnswer }) {
  const words = useWords();
  const { billing } = words;
  const { language } = usePreferences();
  const [isCancelling, setCancelling] = useState(false);
  const portal = useMutation({
    mutationFn: () => transport.call(openPortal, {}),
    onSuccess: ({ portal_url: url }) => leaveFor(url),
  });
  const { provider, next, customer_id: customer, cancel_at_period_end: isEnding } = subscription;
  const late = subscription.status === "past_due" || subscription.status === "unpaid";
  return (
    <section className="card subscription">
      <div className="subscription-words">
        <h2 className="balance-card-label">{billing.planYours}</h2>
        <p className={late ? "subscription-late" : ""}>{planSentence(subscription, billing, language)}</p>
        {next !== null && (
          <p className="soft">{billing.subNext(billing.planNames[next.plan], longDay(next.starts_at, language))}</p>
        )}
        {portal.error !== null && (
          <Notice tone={isUnconfigured(portal.error) ? "plain" : "bad"}>{paymentProblem(portal.error, words)}</Notice>
        )}
      </div>
      <div className="row">
        {customer !== null && (
          <Button isBusy={portal.isPending || portal.isSuccess} onClick={() => portal.mutate()}>
            {billing.portal}
          </Button>
        )}
        {provider === "stripe" && !isEnding && (
          <Button kind="quiet" onClick={() => setCancelling(true)}>
            {billing.cancel}
          </Button>
        )}
      </div>
      <CancelConfirm subscription={subscription} isOpen={isCancelling} onClose={() => setCancelling(false)} />
    </section>
  );
}

function planSentence(subscription: SubscriptionAnswer, billing: Words["billing"], language: Language): string {
  const { plan, provider, status, current_period_end: end, cancel_at_period_end: isEnding } = subscription;
  const name = billing.planNames[plan];
  const day = end === null ? null : longDay(end, language);
  if (provider === null || day === null) return provider === "operator" ? billing.subGiven(name, day) : billing.subFree;
  if (provider === "operator") return billing.subGiven(name, day);
  if (provider === "mpesa") return status === "past_due" ? billing.subLatePhone(name) : billing.subPhone(name, day);
  if (status === "past_due" || status === "unpaid") return billing.subLate(name);
  return isEnding ? billing.subEnds(name, day) : billing.subCard(name, day);
}

type CancelProps = { subscription: SubscriptionAnswer; isOpen: boolean; onClose(): void };

function CancelConfirm({ subscription, isOpen, onClose }: CancelProps) {
  const words = useWords();
  const { billing } = words;
  const { language } = usePreferences();
  const queryClient = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => transport.call(cancelSubscription, {}),
    onSuccess: (now) => {
      queryClient.setQueryData(queryKeys.subscription, now);
      showToast(billing.cancelled(now.current_period_end === null ? "" : longDay(now.current_period_end, language)));
      onClose();
    },
  });
  const name = billing.planNames[subscription.plan];
  const end = subscription.current_period_end;
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      title={billing.cancelTitle(name)}
      text={billing.cancelText(name, end === null ? "" : longDay(end, language))}
      error={error === null ? undefined : paymentProblem(error, words)}
      stay={billing.cancelStay}
      go={billing.cancelGo}
      isBusy={isPending}
      onGo={() => mutate()}
    />
  );
}
