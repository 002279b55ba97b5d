/** What operators read. */
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { adminPaymentsQuery, adminUsersQuery, adminVideosQuery, auditLogQuery } from "../../../contract/admin.ts";
import type { Operation, Query } from "../../../sdk/operation.ts";
import {
  adminGetStats,
  adminListAuditLog,
  adminListBackups,
  adminListPayments,
  adminListStuck,
  adminListUsers,
  adminListVideos,
} from "../../../sdk/operations/admin.ts";
import { transport } from "../../app/session.ts";

/** Whatever is done changes more than one list. */
export const adminKey = ["admin"] as const;

const pageSize = 25;

type Paging = { limit?: number | undefined; cursor?: string | undefined };
type Page<Item> = { data: Item[]; next_cursor: string | null };

/** A list as far as it was asked for; the one before stays in sight while a filter changes. */
function usePages<Filter extends Paging, Item>(
  name: string,
  operation: Operation<Filter, Page<Item>>,
  filter: Omit<Filter, keyof Paging>,
) {
  return useInfiniteQuery({
    queryKey: [...adminKey, name, filter],
    queryFn: ({ pageParam, signal }) =>
      transport.call(operation, { ...filter, limit: pageSize, cursor: pageParam } as Filter, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    select: ({ pages }) => pages.flatMap(({ data }) => data),
    placeholderData: keepPreviousData,
  });
}

export const useUsers = (filter: Query<typeof adminUsersQuery>) => usePages("users", adminListUsers, filter);
export const usePayments = (filter: Query<typeof adminPaymentsQuery>) =>
  usePages("payments", adminListPayments, filter);
export const useVideos = (filter: Query<typeof adminVideosQuery>) => usePages("videos", adminListVideos, filter);
export const useAuditLog = (filter: Query<typeof auditLogQuery>) => usePages("audit", adminListAuditLog, filter);

export function useStats() {
  return useQuery({
    queryKey: [...adminKey, "stats"],
    queryFn: ({ signal }) => transport.call(adminGetStats, {}, { signal }),
  });
}

const stuckPollMs = 60_000;

export function useStuck() {
  return useQuery({
    queryKey: [...adminKey, "stuck"],
    queryFn: ({ signal }) => transport.call(adminListStuck, {}, { signal }),
    refetchInterval: stuckPollMs,
  });
}

export function useBackups() {
  return useQuery({
    queryKey: [...adminKey, "backups"],
    queryFn: ({ signal }) => transport.call(adminListBackups, {}, { signal }),
  });
}
