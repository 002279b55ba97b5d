/** What it would cost to have a video again. */
import { useQuery } from "@tanstack/react-query";
import type { VideoAnswer } from "../../../contract/videos.ts";
import { listTransactions } from "../../../sdk/operations/credits.ts";
import { quoteVideo } from "../../../sdk/operations/videos.ts";
import { queryKeys } from "../../app/queries.ts";
import { transport } from "../../app/session.ts";

/** The most that the real one of a draft can cost, before what the draft has paid is taken off; undefined: not known yet. */
export function usePromotionPrice({ id, scenes, options }: VideoAnswer): number | undefined {
  const { lang, resolution, voice, music, premium_tts, ai_enhancement } = options;
  const { data } = useQuery({
    queryKey: queryKeys.quote(["promotion", id]),
    queryFn: ({ signal }) => {
      const made = scenes.map(({ text, duration }) => ({ text, ...(duration === undefined ? {} : { duration }) }));
      const choices = { lang, resolution, voice, premium_tts, ai_enhancement, draft: false };
      return transport.call(quoteVideo, { scenes: made, ...choices, ...ownMusic(music) }, { signal });
    },
  });
  return data?.credits ?? undefined;
}

/** A mood costs nothing; music of one's own does. */
function ownMusic({ asset, url }: VideoAnswer["options"]["music"]) {
  if (asset !== undefined) return { music: { asset } };
  return url === undefined ? {} : { music: { url } };
}

const pageSize = 100;

/** A failed video is tried again for what was held for it and given back; undefined: it is not among what was last charged. */
export function useRetryPrice({ id }: VideoAnswer): number | undefined {
  const { data } = useQuery({
    queryKey: queryKeys.quote(["retry", id]),
    queryFn: ({ signal }) => transport.call(listTransactions, { type: "usage", limit: pageSize }, { signal }),
  });
  const charged = data?.data.find(({ video_id }) => video_id === id);
  return charged === undefined ? undefined : Math.abs(charged.amount);
}
