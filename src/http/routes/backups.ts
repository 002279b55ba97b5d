import { Hono } from "hono";
import {
  backupStartedAnswer,
  backupStatusAnswer,
  nightAnswer,
  nightQuery,
  nightsAnswer,
  restoreBody,
  restoredAnswer,
} from "../../contract/backups.ts";
import { listNight, listNights, readBackupStatus } from "../../core/backups/list-backups.ts";
import { restoreService } from "../../core/backups/restore-service.ts";
import { restoreTenant } from "../../core/backups/restore-tenant.ts";
import { startBackup } from "../../core/backups/start-backup.ts";
import { userContextOf } from "../context.ts";
import type { HttpEnv } from "../http-env.ts";
import { requireJson } from "../json-body.ts";
import { operation } from "../operation.ts";
import { pathParameter } from "../path-parameter.ts";
import { validate } from "../validate.ts";

const admin = { tag: "Admin", permission: "service.operate" } as const;
/** A tenant's rows are brought back while its operator waits. */
const restoreLimitSeconds = 600;

export const backupRoutes = new Hono<HttpEnv>().get(
  "/backup-status",
  operation({
    id: "getBackupStatus",
    summary: "When your data was last backed up, and when it is next",
    tag: "Account",
    permission: "backups.read",
    answers: { 200: { description: "Both moments", schema: backupStatusAnswer } },
  }),
  async (c) => c.json(await readBackupStatus(userContextOf(c)), 200),
);

export const adminBackupRoutes = new Hono<HttpEnv>()
  .get(
    "/backups",
    operation({
      ...admin,
      id: "adminListBackups",
      summary: "The nights that are backed up",
      answers: { 200: { description: "The newest first", schema: nightsAnswer } },
    }),
    async (c) => c.json(await listNights(c.env.deps), 200),
  )
  .post(
    "/backups",
    operation({
      ...admin,
      id: "adminStartBackup",
      summary: "Back everything up now",
      description: "It is made in the background, and takes the place of what today's backup has so far.",
      answers: { 202: { description: "The day it is named by", schema: backupStartedAnswer } },
    }),
    async (c) => c.json(await startBackup(userContextOf(c)), 202),
  )
  .get(
    "/backups/:night",
    operation({
      ...admin,
      id: "adminGetBackup",
      summary: "Whose backup a night has",
      answers: { 200: { description: "The night, and a page of its tenants", schema: nightAnswer } },
      refuses: ["not_found", "validation_failed"],
    }),
    pathParameter("night"),
    validate("query", nightQuery),
    async (c) => c.json(await listNight(c.env.deps, c.req.param("night"), c.req.valid("query")), 200),
  )
  .post(
    "/backups/:night/restore",
    operation({
      ...admin,
      id: "adminRestore",
      summary: "Bring back what was lost",
      description: "Only what is missing: nothing that is there is overwritten, so that it can be repeated.",
      timeLimitSeconds: restoreLimitSeconds,
      answers: { 200: { description: "What was done", schema: restoredAnswer } },
      refuses: ["not_found", "validation_failed", "unsupported_media_type"],
    }),
    pathParameter("night"),
    requireJson(),
    validate("json", restoreBody),
    async (c) => {
      const { tenant_id: tenantId } = c.req.valid("json");
      const [context, night] = [userContextOf(c), c.req.param("night")];
      return c.json(
        tenantId === undefined ? await restoreService(context, night) : await restoreTenant(context, night, tenantId),
        200,
      );
    },
  );
