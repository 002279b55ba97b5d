import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { createCheckout, payPlanByPhone } from "../../../sdk/operations/billing.ts";
import { payByPhone } from "../../../sdk/operations/payments.ts";
import { keep } from "../../app/kept.ts";
import { queryKeys } from "../../app/queries.ts";
import { transport } from "../../app/session.ts";
import { endsAttempt, forgetKey, keyOf } from "./attempts.ts";
import { type Followed, followedName } from "./followed.ts";
import { leaveFor } from "./leave-for.ts";
import type { CardOrder, PhoneOrder } from "./order.ts";

/** A second press comes before the first has been drawn: it is let go of. */
function useOnce<Input>(mutate: (input: Input, options: { onSettled(): void }) => void) {
  const isSending = useRef(false);
  return (input: Input) => {
    if (isSending.current) return;
    isSending.current = true;
    mutate(input, {
      onSettled: () => {
        isSending.current = false;
      },
    });
  };
}

export function phoneOrderText(order: PhoneOrder, phone: string): string {
  return JSON.stringify({ ...order, phone_number: phone });
}

/** Rings the phone. */
export function usePayByPhone(onStarted: (followed: Followed) => void) {
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: ({ order, phone }: { order: PhoneOrder; phone: string }) => {
      const options = { idempotencyKey: keyOf(phoneOrderText(order, phone)) };
      return "plan" in order
        ? transport.call(payPlanByPhone, { ...order, phone_number: phone }, options)
        : transport.call(payByPhone, { ...order, phone_number: phone }, options);
    },
    onSuccess: ({ payment_id: id }, { order, phone }) => {
      onStarted({ by: "mpesa", id, order, phone, startedAtMs: Date.now() });
      void queryClient.invalidateQueries({ queryKey: queryKeys.payments });
    },
    onError: (error, { order, phone }) => {
      if (endsAttempt(error)) forgetKey(phoneOrderText(order, phone));
      // A phone that has a payment open may have one of ours.
      void queryClient.invalidateQueries({ queryKey: queryKeys.payments });
    },
  });
  return { pay: useOnce(mutation.mutate), isPaying: mutation.isPending, error: mutation.error, forget: mutation.reset };
}

export function cardOrderText(order: CardOrder): string {
  return JSON.stringify({ ...order, by: "card" });
}

/** Leaves for Stripe's page. What was left for is kept, so that whoever comes back, by whichever way, is told what came of it. */
export function usePayByCard() {
  const mutation = useMutation({
    mutationFn: async (order: CardOrder): Promise<Followed> => {
      const options = { idempotencyKey: keyOf(cardOrderText(order)) };
      const { checkout_url: url, payment_id: id } = await transport.call(createCheckout, order, options);
      return { by: "card", id, order, url, startedAtMs: Date.now() };
    },
    onSuccess: (followed) => {
      if (followed.by !== "card") return;
      keep(followedName, followed);
      leaveFor(followed.url);
    },
    onError: (error, order) => {
      if (endsAttempt(error)) forgetKey(cardOrderText(order));
    },
  });
  const { isPending, isSuccess, error, reset } = mutation;
  return { pay: useOnce(mutation.mutate), isPaying: isPending || isSuccess, error, forget: reset };
}
