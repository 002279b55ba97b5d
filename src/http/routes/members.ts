import { Hono } from "hono";
import {
  acceptInvitationBody,
  changeRoleBody,
  invitationMade,
  invitationsAnswer,
  inviteBody,
  memberAnswer,
  membersAnswer,
  membersQuery,
  ownTenantEnvelope,
} from "../../contract/members.ts";
import { acceptInvitation } from "../../core/accounts/members/accept-invitation.ts";
import { changeRole } from "../../core/accounts/members/change-role.ts";
import { leaveTenant, removeMember } from "../../core/accounts/members/end-membership.ts";
import { inviteMember } from "../../core/accounts/members/invite-member.ts";
import { listMembers } from "../../core/accounts/members/list-members.ts";
import { listInvitations, revokeInvitation } from "../../core/accounts/members/manage-invitations.ts";
import { originOf, userContextOf } from "../context.ts";
import { existing } from "../existing.ts";
import type { HttpEnv } from "../http-env.ts";
import { requireJson } from "../json-body.ts";
import { operation } from "../operation.ts";
import { preferredLanguage } from "../preferred-language.ts";
import { validate } from "../validate.ts";

export const memberRoutes = new Hono<HttpEnv>()
  .get(
    "/members",
    operation({
      id: "listMembers",
      summary: "Who is in your tenant",
      tag: "Account",
      permission: "members.read",
      answers: { 200: { description: "A page of members, who joined last first", schema: membersAnswer } },
      refuses: ["validation_failed"],
    }),
    validate("query", membersQuery),
    async (c) => c.json(await listMembers(userContextOf(c), c.req.valid("query")), 200),
  )
  .patch(
    "/members/:id",
    operation({
      id: "changeMemberRole",
      summary: "Make a member an owner or a creator",
      description: "By their `user_id`. What they may do changes with their next request.",
      tag: "Account",
      permission: "members.manage",
      answers: { 200: { description: "The member", schema: memberAnswer } },
      refuses: ["validation_failed", "not_found", "last_owner", "unsupported_media_type"],
    }),
    existing("user"),
    requireJson(),
    validate("json", changeRoleBody),
    async (c) => {
      const input = { ...c.req.valid("json"), userId: c.req.param("id") };
      return c.json(await changeRole(userContextOf(c), input), 200);
    },
  )
  .delete(
    "/members/:id",
    operation({
      id: "removeMember",
      summary: "Take a member out of your tenant",
      description: "By their `user_id`. Their sessions and keys in it end at once; what they made stays.",
      tag: "Account",
      permission: "members.manage",
      answers: { 204: { description: "They are a member no more" } },
      refuses: ["not_found", "last_owner"],
    }),
    existing("user"),
    async (c) => {
      await removeMember(userContextOf(c), c.req.param("id"));
      return c.body(null, 204);
    },
  )
  .post(
    "/leave",
    operation({
      id: "leaveTenant",
      summary: "Leave the tenant you are at work in",
      description: "Your sessions and keys in it end, this session too. The one made with your account stays yours.",
      tag: "Account",
      permission: "members.join",
      answers: { 204: { description: "You are a member no more" } },
      refuses: ["last_owner"],
    }),
    async (c) => {
      await leaveTenant(userContextOf(c));
      return c.body(null, 204);
    },
  )
  .get(
    "/invitations",
    operation({
      id: "listInvitations",
      summary: "Invitations that nobody has accepted yet",
      tag: "Account",
      permission: "invitations.read",
      answers: { 200: { description: "All that are open, the newest first", schema: invitationsAnswer } },
    }),
    async (c) => c.json(await listInvitations(userContextOf(c)), 200),
  )
  .post(
    "/invitations",
    operation({
      id: "inviteMember",
      summary: "Ask somebody by mail to join your tenant",
      description: "It can be accepted for 7 days, once. A second one to the same address takes the first one's place.",
      tag: "Account",
      permission: "members.manage",
      rate: "invitation",
      isIdempotent: true,
      answers: { 201: { description: "The invitation", schema: invitationMade } },
      refuses: ["validation_failed", "already_member", "quota_exceeded", "unsupported_media_type"],
    }),
    requireJson(),
    validate("json", inviteBody),
    async (c) => {
      const language = preferredLanguage(c.req.header("Accept-Language"));
      const input = { ...c.req.valid("json"), language, origin: originOf(c) };
      return c.json(await inviteMember(userContextOf(c), input), 201);
    },
  )
  .delete(
    "/invitations/:id",
    operation({
      id: "revokeInvitation",
      summary: "Take an invitation back",
      tag: "Account",
      permission: "members.manage",
      answers: { 204: { description: "Its link is worth nothing any more" } },
      refuses: ["not_found"],
    }),
    existing("invitation"),
    async (c) => {
      await revokeInvitation(userContextOf(c), c.req.param("id"));
      return c.body(null, 204);
    },
  )
  .post(
    "/invitations/accept",
    operation({
      id: "acceptInvitation",
      summary: "Join the tenant that has invited you",
      description:
        "Signed in with the address it was mailed to. This session stays in its tenant: switch when you like.",
      tag: "Account",
      permission: "members.join",
      answers: { 200: { description: "The tenant you are in now, too", schema: ownTenantEnvelope } },
      refuses: ["validation_failed", "invalid_link", "unsupported_media_type"],
    }),
    requireJson(),
    validate("json", acceptInvitationBody),
    async (c) => c.json(await acceptInvitation(userContextOf(c), c.req.valid("json")), 200),
  );
