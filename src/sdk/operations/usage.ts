import type { UsageAnswer, UsageHistoryAnswer, usageHistoryQuery } from "../../contract/usage.ts";
import { declare, type Nothing, type Query } from "../operation.ts";

export const getUsage = declare<Nothing, UsageAnswer>()("GET /api/usage");
export const getUsageHistory = declare<Query<typeof usageHistoryQuery>, UsageHistoryAnswer>()("GET /api/usage/history");
