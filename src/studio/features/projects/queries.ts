import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { VideoAnswer } from "../../../contract/videos.ts";
import { getProject, listProjects } from "../../../sdk/operations/projects.ts";
import { listVideos } from "../../../sdk/operations/videos.ts";
import { queryKeys } from "../../app/queries.ts";
import { transport } from "../../app/session.ts";

export const projectKeys = {
  all: ["projects"],
  one: (id: string) => ["project", id],
  /** Among the videos, so that whatever changes those refreshes these. */
  renders: (id: string) => [...queryKeys.allVideos, { project: id }],
} as const;

const pageSize = 24;
const rendersShown = 20;
/** While one of them is being made. */
const pollMs = 3_000;

export function useProjects() {
  return useInfiniteQuery({
    queryKey: projectKeys.all,
    queryFn: ({ pageParam, signal }) =>
      transport.call(listProjects, { limit: pageSize, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export function useProject(id: string) {
  return useQuery({
    queryKey: projectKeys.one(id),
    queryFn: ({ signal }) => transport.call(getProject, { id }, { signal }),
    // The editor knows it better than a list that is read again behind it.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

export function useRenders(id: string) {
  return useQuery({
    queryKey: projectKeys.renders(id),
    queryFn: ({ signal }) => transport.call(listVideos, { project_id: id, limit: rendersShown }, { signal }),
    refetchInterval: ({ state }) => (state.data?.data.some(isRunning) === true ? pollMs : false),
  });
}

export function isRunning({ finished_at: finishedAt }: VideoAnswer): boolean {
  return finishedAt === null;
}
