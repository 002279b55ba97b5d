import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useLocation } from "wouter";
import type { BalanceAnswer } from "../../../contract/credits.ts";
import { createVideo } from "../../../sdk/operations/videos.ts";
import { keep, readKept } from "../../app/kept.ts";
import { queryKeys } from "../../app/queries.ts";
import { transport } from "../../app/session.ts";
import type { VideoRequest } from "./draft.ts";

const keptName = "make";
type Intent = { request: string; key: string };

function isIntent(kept: unknown): kept is Intent {
  return typeof kept === "object" && kept !== null && "request" in kept && "key" in kept;
}

/**
 * The key under which this very request is sent, kept through a reload: whoever presses twice, or again because no answer came,
 * gets the one video. Once it is accepted, the next press means another one.
 */
function intentOf(request: VideoRequest): Intent {
  const text = JSON.stringify(request);
  const kept = readKept(keptName);
  if (isIntent(kept) && kept.request === text) return kept;
  const intent = { request: text, key: crypto.randomUUID() };
  keep(keptName, intent);
  return intent;
}

export function useMakeVideo() {
  const [, go] = useLocation();
  const queryClient = useQueryClient();
  // A second press comes before the first has been drawn.
  const isSending = useRef(false);
  const mutation = useMutation({
    mutationFn: (request: VideoRequest) =>
      transport.call(createVideo, request, { idempotencyKey: intentOf(request).key }),
    onSuccess: ({ id, balance }) => {
      keep(keptName, null);
      queryClient.setQueryData<BalanceAnswer>(queryKeys.balance, (known) => known && { ...known, balance });
      void queryClient.invalidateQueries({ queryKey: queryKeys.balance });
      void queryClient.invalidateQueries({ queryKey: queryKeys.allVideos });
      go(`/videos/${id}`);
    },
    // Not after a success: until the next page is drawn, the rest of a double press would be an order of its own.
    onError: () => {
      isSending.current = false;
      void queryClient.invalidateQueries({ queryKey: queryKeys.balance });
    },
  });
  const make = (request: VideoRequest) => {
    if (isSending.current) return;
    isSending.current = true;
    mutation.mutate(request);
  };
  return { make, isMaking: mutation.isPending || mutation.isSuccess, error: mutation.error, forget: mutation.reset };
}
