import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useLocation } from "wouter";
import type { VideoAnswer } from "../../../contract/videos.ts";
import { cancelVideo, deleteVideo, promoteVideo, retryVideo } from "../../../sdk/operations/videos.ts";
import { queryKeys } from "../../app/queries.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { showToast } from "../../ui/toasts.tsx";

/** What can be done with a video. Each that costs goes under one key for as long as this page is open: pressed twice, it is done once. */
export function useVideoActs(id: string) {
  const { video: words } = useWords();
  const queryClient = useQueryClient();
  const [, go] = useLocation();
  const keys = useRef({ retry: crypto.randomUUID(), promote: crypto.randomUUID() });

  const refresh = () => {
    void queryClient.invalidateQueries({ queryKey: queryKeys.balance });
    void queryClient.invalidateQueries({ queryKey: queryKeys.allVideos });
  };
  const goTo = ({ id: next }: { id: string }) => {
    refresh();
    go(`/videos/${next}`);
  };
  return {
    cancel: useMutation({
      mutationFn: () => transport.call(cancelVideo, { id }),
      onSuccess: (video) => {
        queryClient.setQueryData<VideoAnswer>(queryKeys.video(id), video);
        showToast(words.cancelled);
        refresh();
      },
      // It may have ended meanwhile: then the page shows how.
      onError: () => void queryClient.invalidateQueries({ queryKey: queryKeys.video(id) }),
    }),
    retry: useMutation({
      mutationFn: () => transport.call(retryVideo, { id }, { idempotencyKey: keys.current.retry }),
      onSuccess: goTo,
    }),
    promote: useMutation({
      mutationFn: () => transport.call(promoteVideo, { id }, { idempotencyKey: keys.current.promote }),
      onSuccess: goTo,
    }),
    remove: useMutation({
      mutationFn: () => transport.call(deleteVideo, { id }),
      onSuccess: () => {
        showToast(words.removed);
        go("/library");
        queryClient.removeQueries({ queryKey: queryKeys.video(id) });
        refresh();
      },
    }),
  };
}
