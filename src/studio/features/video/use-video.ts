import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { ProgressEvent, VideoAnswer } from "../../../contract/videos.ts";
import { ShujaaError } from "../../../sdk/errors.ts";
import { followVideo } from "../../../sdk/follow-video.ts";
import { getVideo } from "../../../sdk/operations/videos.ts";
import { queryKeys } from "../../app/queries.ts";
import { transport } from "../../app/session.ts";

const pollMs = 3_000;
/** After the live line broke: asked for again, while the page polls. */
const liveAgainMs = 10_000;
/** The books are closed a moment after the video has ended. */
const settledMs = 2_500;
/** Links in an answer expire after a day; a page that stays open fetches new ones. */
const refreshMs = 6 * 3_600_000;

export function hasEnded({ status }: Pick<VideoAnswer, "status">): boolean {
  return status === "succeeded" || status === "failed" || status === "cancelled";
}

/** A video and its progress: live where the line holds, else asked for every few seconds. */
export function useVideo(id: string) {
  const [isLive, setLive] = useState(false);
  const query = useQuery({
    queryKey: queryKeys.video(id),
    queryFn: ({ signal }) => transport.call(getVideo, { id }, { signal }),
    refetchInterval: ({ state }) => {
      if (state.data === undefined) return false;
      if (hasEnded(state.data)) return refreshMs;
      return isLive ? false : pollMs;
    },
  });
  const isRunning = query.data !== undefined && !hasEnded(query.data);
  useFollow(id, isRunning, setLive);
  return { ...query, isLive };
}

function useFollow(id: string, isRunning: boolean, setLive: (isLive: boolean) => void): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!isRunning) return;
    const stop = new AbortController();
    const { signal } = stop;
    const follow = async () => {
      while (!signal.aborted) {
        try {
          for await (const event of followVideo(transport, id, { signal })) {
            setLive(true);
            queryClient.setQueryData<VideoAnswer>(queryKeys.video(id), (known) => known && withProgress(known, event));
          }
          return await refresh(queryClient, id);
        } catch (error) {
          setLive(false);
          if (signal.aborted || (error instanceof ShujaaError && error.status < 500)) return;
          await rest(liveAgainMs, signal);
        }
      }
    };
    void follow();
    return () => {
      stop.abort();
      setLive(false);
    };
  }, [id, isRunning, queryClient, setLive]);
}

/** What ended has more to tell than its progress, and has settled what it cost. */
async function refresh(queryClient: ReturnType<typeof useQueryClient>, id: string): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: queryKeys.video(id) });
  void queryClient.invalidateQueries({ queryKey: queryKeys.allVideos });
  const readBalance = () => queryClient.invalidateQueries({ queryKey: queryKeys.balance });
  setTimeout(() => void readBalance(), settledMs);
  await readBalance();
}

/** The end itself is read with its output; until then the last stage stays in sight. */
function withProgress(known: VideoAnswer, { id: _, ...event }: ProgressEvent): VideoAnswer {
  if (hasEnded(event)) return { ...known, progress: event.progress, eta_seconds: null, queue_position: null };
  return { ...known, ...event };
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
