import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { quoteVideo } from "../../../sdk/operations/videos.ts";
import { queryKeys } from "../../app/queries.ts";
import { transport } from "../../app/session.ts";
import { useLater } from "../../app/use-later.ts";
import type { VideoRequest } from "./draft.ts";

/** Nobody's typing is asked about letter by letter. */
const restMs = 400;

/** What the request costs, asked once it has stood still; null: there is nothing to ask about yet. */
export function useQuote(request: VideoRequest | null) {
  const settled = useLater(request === null ? "" : JSON.stringify(request), restMs);
  const isAsked = settled !== "" && request !== null;
  const query = useQuery({
    queryKey: queryKeys.quote(settled),
    queryFn: ({ signal }) => transport.call(quoteVideo, JSON.parse(settled) as VideoRequest, { signal }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  });
  const isCurrent = isAsked && settled === JSON.stringify(request) && !query.isPlaceholderData && !query.isFetching;
  return {
    quote: isAsked ? query.data : undefined,
    isCurrent,
    error: isAsked ? query.error : null,
    ask: query.refetch,
  };
}
