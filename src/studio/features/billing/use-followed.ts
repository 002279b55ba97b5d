import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { PaymentAnswer } from "../../../contract/payments.ts";
import { getSubscription } from "../../../sdk/operations/billing.ts";
import { getPayment, listPayments } from "../../../sdk/operations/payments.ts";
import { queryKeys } from "../../app/queries.ts";
import { transport } from "../../app/session.ts";
import { forgetKey } from "./attempts.ts";
import { type Followed, findOpenPrompt } from "./followed.ts";
import { cardOrderText, phoneOrderText } from "./use-pay.ts";

/** A prompt is mostly answered within half a minute. */
const quickForMs = 40_000;
const quickMs = 2_000;
const slowMs = 5_000;

function pauseMs(startedAtMs: number): number {
  return Date.now() - startedAtMs < quickForMs ? quickMs : slowMs;
}

/** The payment as it is now, asked again and again while it is open. */
export function useFollowedPayment(followed: Followed) {
  const { id, startedAtMs } = followed;
  const query = useQuery({
    queryKey: queryKeys.payment(id ?? ""),
    queryFn: ({ signal }) => transport.call(getPayment, { id: id ?? "" }, { signal }),
    enabled: id !== null,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data === undefined || isOpen(state.data) ? pauseMs(startedAtMs) : false),
  });
  useWhenOver(followed, query.data !== undefined && !isOpen(query.data));
  return query;
}

/** A plan by card is had once its subscription says so. */
export function useSubscription(followed?: Followed) {
  const plan = followed !== undefined && followed.id === null ? planOf(followed) : null;
  const query = useQuery({
    queryKey: queryKeys.subscription,
    queryFn: ({ signal }) => transport.call(getSubscription, {}, { signal }),
    refetchInterval: ({ state }) =>
      followed === undefined || plan === null || state.data?.plan === plan ? false : pauseMs(followed.startedAtMs),
  });
  return { ...query, isHad: plan !== null && query.data?.plan === plan && query.data.provider === "stripe" };
}

export function planOf({ order }: Followed): string | null {
  return order !== null && "plan" in order ? order.plan : null;
}

export function isOpen({ status }: PaymentAnswer): boolean {
  return status === "pending";
}

/** Once it is over, everything that it has changed is read anew, and the same order would be another payment. */
export function useWhenOver(followed: Followed, isOver: boolean): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!isOver) return;
    forgetAttempt(followed);
    for (const name of ["balance", "payments", "allTransactions", "plans", "subscription", "usage"] as const)
      void queryClient.invalidateQueries({ queryKey: queryKeys[name] });
  }, [isOver, followed, queryClient]);
}

export function forgetAttempt(followed: Followed): void {
  if (followed.by === "card") forgetKey(cardOrderText(followed.order));
  else if (followed.order !== null && followed.phone !== null)
    forgetKey(phoneOrderText(followed.order, followed.phone));
}

/** A prompt that is open and that this tab does not know of; null: there is none, or not known yet. */
export function useOpenPrompt(isWanted: boolean): Followed | null {
  const { data } = useQuery({
    queryKey: queryKeys.newestPayments,
    queryFn: ({ signal }) => transport.call(listPayments, { limit: 5 }, { signal }),
    enabled: isWanted,
  });
  return isWanted && data !== undefined ? findOpenPrompt(data.data, Date.now()) : null;
}
