import { Hono } from "hono";
import { meAnswer } from "../../contract/accounts.ts";
import { changeProfileBody, ownTenantsAnswer, renameTenantBody, switchTenantBody } from "../../contract/members.ts";
import { changeProfile, renameTenant } from "../../core/accounts/change-profile.ts";
import { listOwnTenants, switchTenant } from "../../core/accounts/members/switch-tenant.ts";
import { userContextOf } from "../context.ts";
import type { HttpEnv } from "../http-env.ts";
import { requireJson } from "../json-body.ts";
import { operation } from "../operation.ts";
import { validate } from "../validate.ts";

/** In which tenant a session is at work. */
export const tenantRoutes = new Hono<HttpEnv>()
  .get(
    "/tenants",
    operation({
      id: "listTenants",
      summary: "The tenants you are in",
      tag: "Auth",
      permission: "sessions.manage",
      answers: { 200: { description: "All of them, your own first", schema: ownTenantsAnswer } },
    }),
    async (c) => c.json(await listOwnTenants(userContextOf(c)), 200),
  )
  .post(
    "/tenant",
    operation({
      id: "switchTenant",
      summary: "Go to another tenant with this session",
      description: "The same tokens are good for it; other sessions stay where they are.",
      tag: "Auth",
      permission: "sessions.manage",
      answers: { 200: { description: "Who you are there", schema: meAnswer } },
      refuses: ["validation_failed", "not_found", "unsupported_media_type"],
    }),
    requireJson(),
    validate("json", switchTenantBody),
    async (c) => c.json(await switchTenant(userContextOf(c), c.req.valid("json")), 200),
  );

/** What people and tenants are called. */
export const profileRoutes = new Hono<HttpEnv>()
  .patch(
    "/profile",
    operation({
      id: "changeProfile",
      summary: "Change your name or phone",
      tag: "Account",
      permission: "profile.change",
      // It says whether a phone has an account, as signing up does.
      rate: "sign_up",
      answers: { 200: { description: "You, as you are now", schema: meAnswer } },
      refuses: ["validation_failed", "phone_taken", "unsupported_media_type"],
    }),
    requireJson(),
    validate("json", changeProfileBody),
    async (c) => c.json(await changeProfile(userContextOf(c), c.req.valid("json")), 200),
  )
  .patch(
    "/tenant",
    operation({
      id: "renameTenant",
      summary: "Give your tenant another name",
      tag: "Account",
      permission: "tenant.change",
      answers: { 200: { description: "The tenant, with you in it", schema: meAnswer } },
      refuses: ["validation_failed", "unsupported_media_type"],
    }),
    requireJson(),
    validate("json", renameTenantBody),
    async (c) => c.json(await renameTenant(userContextOf(c), c.req.valid("json")), 200),
  );
