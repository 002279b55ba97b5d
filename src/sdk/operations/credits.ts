import type { z } from "zod";
import type {
  BalanceAnswer,
  CostAnswer,
  calculateCostBody,
  PackagesAnswer,
  StatementAnswer,
  statementQuery,
  TransactionsAnswer,
  transactionsQuery,
} from "../../contract/credits.ts";
import type { VideosAnswer, videosQuery } from "../../contract/videos.ts";
import { declare, type Nothing, type Query } from "../operation.ts";

export const getBalance = declare<Nothing, BalanceAnswer>()("GET /api/credits/balance");
export const listPackages = declare<Nothing, PackagesAnswer>()("GET /api/credits/packages");
export const listTransactions = declare<Query<typeof transactionsQuery>, TransactionsAnswer>()(
  "GET /api/credits/transactions",
);
export const getStatement = declare<Query<typeof statementQuery>, StatementAnswer>()("GET /api/credits/statement");
export const calculateCost = declare<z.input<typeof calculateCostBody>, CostAnswer>()(
  "POST /api/credits/calculate-cost",
);
export const listVideoHistory = declare<Query<typeof videosQuery>, VideosAnswer>()("GET /api/credits/video-history");
