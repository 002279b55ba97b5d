import type { z } from "zod";
import type { MeAnswer } from "../../contract/accounts.ts";
import type { AuditLogAnswer } from "../../contract/admin.ts";
import type { AuditProofAnswer, ownAuditLogQuery, verifyAuditLogQuery } from "../../contract/audit.ts";
import type { BackupStatusAnswer } from "../../contract/backups.ts";
import type { createKeyBody, KeyMade, KeysAnswer, keysQuery, rotateKeyBody } from "../../contract/keys.ts";
import type { changeProfileBody, renameTenantBody } from "../../contract/members.ts";
import type {
  DeletionAnswer,
  DeletionStarted,
  deleteAccountBody,
  ExportStarted,
  ExportsAnswer,
} from "../../contract/privacy.ts";
import { declare, declareFile, type Nothing, type Query } from "../operation.ts";

export const changeProfile = declare<z.input<typeof changeProfileBody>, MeAnswer>()("PATCH /api/account/profile");
export const renameTenant = declare<z.input<typeof renameTenantBody>, MeAnswer>()("PATCH /api/account/tenant");
export const listApiKeys = declare<Query<typeof keysQuery>, KeysAnswer>()("GET /api/account/api-keys");
export const createApiKey = declare<z.input<typeof createKeyBody>, KeyMade>()("POST /api/account/api-keys");
export const rotateApiKeyById = declare<{ id: string } & z.input<typeof rotateKeyBody>, KeyMade>()(
  "POST /api/account/api-keys/:id/rotate",
);
export const revokeApiKey = declare<{ id: string }, undefined>()("DELETE /api/account/api-keys/:id");
export const rotateApiKey = declare<z.input<typeof rotateKeyBody>, KeyMade>()("POST /api/account/rotate-api-key");
export const exportAccount = declare<Nothing, ExportStarted>()("POST /api/account/export");
export const listExports = declare<Nothing, ExportsAnswer>()("GET /api/account/exports");
export const getExportFile = declareFile<{ id: string }>()("GET /api/account/exports/:id/file");
export const deleteAccount = declare<z.input<typeof deleteAccountBody>, DeletionStarted>()("POST /api/account/delete");
export const getDeletion = declare<{ id: string }, DeletionAnswer>()("GET /api/account/deletions/:id");
export const getBackupStatus = declare<Nothing, BackupStatusAnswer>()("GET /api/account/backup-status");
export const listOwnAuditLog = declare<Query<typeof ownAuditLogQuery>, AuditLogAnswer>()("GET /api/account/audit-log");
export const verifyOwnAuditLog = declare<Query<typeof verifyAuditLogQuery>, AuditProofAnswer>()(
  "GET /api/account/audit-log/verify",
);
