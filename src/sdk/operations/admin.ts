import type { z } from "zod";
import type {
  AdjustedAnswer,
  AdminPaymentsAnswer,
  AdminUserAnswer,
  AdminUsersAnswer,
  AdminVideosAnswer,
  AuditLogAnswer,
  accountBody,
  adjustCreditsBody,
  adminPaymentEnvelope,
  adminPaymentsQuery,
  adminUsersQuery,
  adminVideosQuery,
  auditLogQuery,
  creditReceiptBody,
  givePlanBody,
  refundBody,
  resolveBody,
  SessionsEndedAnswer,
  SettledReceiptAnswer,
  StatsAnswer,
  StuckAnswer,
  settleReceiptBody,
  WaivedAnswer,
  waiveBody,
} from "../../contract/admin.ts";
import type { AuditProofAnswer, adminVerifyAuditLogQuery } from "../../contract/audit.ts";
import type {
  BackupStartedAnswer,
  NightAnswer,
  NightsAnswer,
  nightQuery,
  RestoredAnswer,
  restoreBody,
} from "../../contract/backups.ts";
import { declare, declareFile, type Nothing, type Query } from "../operation.ts";

export const adminListUsers = declare<Query<typeof adminUsersQuery>, AdminUsersAnswer>()("GET /api/admin/users");
export const adminAdjustCredits = declare<{ id: string } & z.input<typeof adjustCreditsBody>, AdjustedAnswer>()(
  "POST /api/admin/users/:id/credits",
  { isIdempotent: true },
);
export const adminWaiveDebt = declare<{ id: string } & z.input<typeof waiveBody>, WaivedAnswer>()(
  "POST /api/admin/users/:id/waive",
  { isIdempotent: true },
);
export const adminGivePlan = declare<{ id: string } & z.input<typeof givePlanBody>, AdminUserAnswer>()(
  "POST /api/admin/users/:id/plan",
  { isIdempotent: true },
);
export const adminDisableUser = declare<{ id: string } & z.input<typeof accountBody>, AdminUserAnswer>()(
  "POST /api/admin/users/:id/disable",
);
export const adminEnableUser = declare<{ id: string } & z.input<typeof accountBody>, AdminUserAnswer>()(
  "POST /api/admin/users/:id/enable",
);
export const adminEndSessions = declare<{ id: string } & z.input<typeof accountBody>, SessionsEndedAnswer>()(
  "POST /api/admin/users/:id/end-sessions",
);
export const adminListPayments = declare<Query<typeof adminPaymentsQuery>, AdminPaymentsAnswer>()(
  "GET /api/admin/payments",
);
export const adminRefundPayment = declare<
  { id: string } & z.input<typeof refundBody>,
  z.output<typeof adminPaymentEnvelope>
>()("POST /api/admin/payments/:id/refund", { isIdempotent: true });
export const adminResolvePayment = declare<
  { id: string } & z.input<typeof resolveBody>,
  z.output<typeof adminPaymentEnvelope>
>()("POST /api/admin/payments/:id/resolve", { isIdempotent: true });
export const adminCreditReceipt = declare<
  { receipt: string } & z.input<typeof creditReceiptBody>,
  z.output<typeof adminPaymentEnvelope>
>()("POST /api/admin/stray-receipts/:receipt/credit", { isIdempotent: true });
export const adminSettleReceipt = declare<
  { receipt: string } & z.input<typeof settleReceiptBody>,
  SettledReceiptAnswer
>()("POST /api/admin/stray-receipts/:receipt/settle", { isIdempotent: true });
export const adminListVideos = declare<Query<typeof adminVideosQuery>, AdminVideosAnswer>()("GET /api/admin/videos");
export const adminListAuditLog = declare<Query<typeof auditLogQuery>, AuditLogAnswer>()("GET /api/admin/audit-log");
export const adminVerifyAuditLog = declare<Query<typeof adminVerifyAuditLogQuery>, AuditProofAnswer>()(
  "GET /api/admin/audit-log/verify",
);
export const adminListStuck = declare<Nothing, StuckAnswer>()("GET /api/admin/stuck");
/** Text for Prometheus. */
export const adminGetMetrics = declareFile<Nothing>()("GET /api/admin/metrics");
export const adminGetStats = declare<Nothing, StatsAnswer>()("GET /api/admin/stats");
export const adminListBackups = declare<Nothing, NightsAnswer>()("GET /api/admin/backups");
export const adminStartBackup = declare<Nothing, BackupStartedAnswer>()("POST /api/admin/backups");
export const adminGetBackup = declare<{ night: string } & Query<typeof nightQuery>, NightAnswer>()(
  "GET /api/admin/backups/:night",
);
export const adminRestore = declare<{ night: string } & z.input<typeof restoreBody>, RestoredAnswer>()(
  "POST /api/admin/backups/:night/restore",
);
