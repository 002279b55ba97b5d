/** What is read from the service, under which name, and for how long it is good. */
import { QueryClient, useQuery } from "@tanstack/react-query";
import { getBalance, listPackages } from "../../sdk/operations/credits.ts";
import { listTemplates } from "../../sdk/operations/templates.ts";
import { openTransport, transport } from "./session.ts";

export const queryKeys = {
  balance: ["balance"],
  packages: ["packages"],
  templates: ["templates"],
  providers: ["providers"],
  quote: (body: unknown) => ["quote", body],
  video: (id: string) => ["video", id],
  videos: (filter: { status?: string; query?: string } = {}) => ["videos", filter],
  /** Of every filter. */
  allVideos: ["videos"],
  payment: (id: string) => ["payment", id],
  payments: ["payments"],
  newestPayments: ["payments", "newest"],
  transactions: (filter: unknown) => ["transactions", filter],
  allTransactions: ["transactions"],
  plans: ["plans"],
  subscription: ["subscription"],
  usage: ["usage"],
  usageHistory: (days: number) => ["usage", "history", days],
} as const;

const minuteMs = 60_000;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // The transport tries again by itself, and knows what may be.
      queries: { retry: false, staleTime: 10_000, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

export function useBalance() {
  return useQuery({
    queryKey: queryKeys.balance,
    queryFn: ({ signal }) => transport.call(getBalance, {}, { signal }),
    refetchInterval: minuteMs,
  });
}

export function useTemplates() {
  return useQuery({
    queryKey: queryKeys.templates,
    queryFn: ({ signal }) => openTransport.call(listTemplates, { limit: 100 }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function usePackages() {
  return useQuery({
    queryKey: queryKeys.packages,
    queryFn: ({ signal }) => openTransport.call(listPackages, {}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
