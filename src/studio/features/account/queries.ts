/** What the account's pages read. */
import { type InfiniteData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { AuditLogAnswer } from "../../../contract/admin.ts";
import { listAll } from "../../../sdk/list-all.ts";
import { getBackupStatus, listApiKeys, listExports, listOwnAuditLog } from "../../../sdk/operations/account.ts";
import { getMe, listIdentities, listSessions, listSignInProviders, listTenants } from "../../../sdk/operations/auth.ts";
import { listInvitations, listMembers } from "../../../sdk/operations/members.ts";
import { openTransport, transport } from "../../app/session.ts";

export const accountKeys = {
  me: ["me"],
  tenants: ["tenants"],
  sessions: ["sessions"],
  identities: ["identities"],
  providers: ["providers"],
  keys: ["api-keys"],
  members: ["members"],
  invitations: ["invitations"],
  exports: ["exports"],
  backups: ["backup-status"],
  audit: (action: string) => ["audit", action],
} as const;

/** While an export is being made. */
const exportPollMs = 3_000;
const pageSize = 100;

export function useMe() {
  return useQuery({
    queryKey: accountKeys.me,
    queryFn: ({ signal }) => transport.call(getMe, {}, { signal }),
  });
}

export function useTenants() {
  return useQuery({
    queryKey: accountKeys.tenants,
    queryFn: ({ signal }) => transport.call(listTenants, {}, { signal }),
    staleTime: 5 * 60_000,
  });
}

export function useSessions() {
  return useQuery({
    queryKey: accountKeys.sessions,
    queryFn: ({ signal }) => transport.call(listSessions, {}, { signal }),
  });
}

export function useIdentities() {
  return useQuery({
    queryKey: accountKeys.identities,
    queryFn: ({ signal }) => transport.call(listIdentities, {}, { signal }),
  });
}

export function useProviders() {
  return useQuery({
    queryKey: accountKeys.providers,
    queryFn: ({ signal }) => openTransport.call(listSignInProviders, {}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useApiKeys() {
  return useQuery({
    queryKey: accountKeys.keys,
    queryFn: ({ signal }) => readAll((cursor) => transport.call(listApiKeys, { limit: pageSize, cursor }, { signal })),
  });
}

export function useMembers() {
  return useQuery({
    queryKey: accountKeys.members,
    queryFn: ({ signal }) => readAll((cursor) => transport.call(listMembers, { limit: pageSize, cursor }, { signal })),
  });
}

export function useInvitations(isOwner: boolean) {
  return useQuery({
    queryKey: accountKeys.invitations,
    queryFn: ({ signal }) => transport.call(listInvitations, {}, { signal }),
    enabled: isOwner,
  });
}

export function useExports() {
  return useQuery({
    queryKey: accountKeys.exports,
    queryFn: ({ signal }) => transport.call(listExports, {}, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.data.some(({ status }) => status === "running") === true ? exportPollMs : false,
  });
}

export function useBackupStatus() {
  return useQuery({
    queryKey: accountKeys.backups,
    queryFn: ({ signal }) => transport.call(getBackupStatus, {}, { signal }),
  });
}

export function useAuditLog(action: string) {
  return useInfiniteQuery({
    queryKey: accountKeys.audit(action),
    queryFn: ({ pageParam, signal }) =>
      transport.call(
        listOwnAuditLog,
        { limit: 20, cursor: pageParam, ...(action === "" ? {} : { action }) },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export function rowsOf({ pages }: InfiniteData<AuditLogAnswer, unknown>): AuditLogAnswer["data"] {
  return pages.flatMap(({ data }) => data);
}

async function readAll<Item>(
  readPage: (cursor: string | undefined) => Promise<{ data: Item[]; next_cursor: string | null }>,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of listAll(readPage)) items.push(item);
  return items;
}
