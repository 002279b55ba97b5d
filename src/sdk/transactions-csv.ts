import type { transactionsQuery } from "../contract/credits.ts";
import { declareFile, type Query } from "./operation.ts";
import type { CallOptions, Transport } from "./transport.ts";

type Filter = Omit<Query<typeof transactionsQuery>, "limit" | "cursor">;

const exportTransactions = declareFile<Filter>()("GET /api/credits/transactions");

/** Every change of the credits as CSV, or those that the filter lets through. */
export async function transactionsCsv(
  transport: Transport,
  filter: Filter = {},
  options: CallOptions = {},
): Promise<string> {
  const headers = { ...options.headers, Accept: "text/csv" };
  return (await transport.call(exportTransactions, filter, { ...options, headers })).text();
}
