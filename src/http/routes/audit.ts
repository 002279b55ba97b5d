import { Hono } from "hono";
import { auditLogAnswer } from "../../contract/admin.ts";
import {
  adminVerifyAuditLogQuery,
  auditProofAnswer,
  ownAuditLogQuery,
  verifyAuditLogQuery,
} from "../../contract/audit.ts";
import { listAuditLog } from "../../core/audit/list-audit-log.ts";
import { verifyAuditLog } from "../../core/audit/verify-audit-log.ts";
import { userContextOf } from "../context.ts";
import type { HttpEnv } from "../http-env.ts";
import { operation } from "../operation.ts";
import { validate } from "../validate.ts";

const verifyWords =
  "Every seal is made again from the rows it covers. Rows are sealed about a minute after they were written, each seal with the hash of the one before it. Keep `head.hash`: given later as `known_hash`, it tells whether everything up to it is still what it was.";

export const auditRoutes = new Hono<HttpEnv>()
  .get(
    "/audit-log",
    operation({
      id: "listOwnAuditLog",
      summary: "Who changed what in your tenant, and when",
      description: "The newest first. `actor` is a user, a key, `system`, or an operator of the service.",
      tag: "Account",
      permission: "audit.read",
      answers: { 200: { description: "A page of changes", schema: auditLogAnswer } },
      refuses: ["validation_failed"],
    }),
    validate("query", ownAuditLogQuery),
    async (c) => {
      const { deps, actor } = userContextOf(c);
      return c.json(await listAuditLog(deps, { ...c.req.valid("query"), tenant_id: actor.tenantId }), 200);
    },
  )
  .get(
    "/audit-log/verify",
    operation({
      id: "verifyOwnAuditLog",
      summary: "Prove that nobody has changed your audit log",
      description: verifyWords,
      tag: "Account",
      permission: "audit.read",
      rate: "proof",
      answers: { 200: { description: "What was found", schema: auditProofAnswer } },
      refuses: ["validation_failed"],
    }),
    validate("query", verifyAuditLogQuery),
    async (c) => {
      const { deps, actor } = userContextOf(c);
      const { known_hash: knownHash = null } = c.req.valid("query");
      return c.json(await verifyAuditLog(deps, actor.tenantId, knownHash), 200);
    },
  );

export const adminAuditRoutes = new Hono<HttpEnv>().get(
  "/audit-log/verify",
  operation({
    id: "adminVerifyAuditLog",
    summary: "Prove that nobody has changed the audit log of a tenant",
    description: verifyWords,
    tag: "Admin",
    permission: "service.operate",
    answers: { 200: { description: "What was found", schema: auditProofAnswer } },
    refuses: ["validation_failed"],
  }),
  validate("query", adminVerifyAuditLogQuery),
  async (c) => {
    const { known_hash: knownHash = null, tenant_id: tenantId = null } = c.req.valid("query");
    return c.json(await verifyAuditLog(c.env.deps, tenantId, knownHash), 200);
  },
);
