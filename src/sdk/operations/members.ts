import type { z } from "zod";
import type {
  acceptInvitationBody,
  changeRoleBody,
  InvitationMade,
  InvitationsAnswer,
  inviteBody,
  MemberAnswer,
  MembersAnswer,
  membersQuery,
  OwnTenantEnvelope,
} from "../../contract/members.ts";
import { declare, type Nothing, type Query } from "../operation.ts";

export const listMembers = declare<Query<typeof membersQuery>, MembersAnswer>()("GET /api/account/members");
export const changeMemberRole = declare<{ id: string } & z.input<typeof changeRoleBody>, MemberAnswer>()(
  "PATCH /api/account/members/:id",
);
export const removeMember = declare<{ id: string }, undefined>()("DELETE /api/account/members/:id");
export const leaveTenant = declare<Nothing, undefined>()("POST /api/account/leave");
export const listInvitations = declare<Nothing, InvitationsAnswer>()("GET /api/account/invitations");
export const inviteMember = declare<z.input<typeof inviteBody>, InvitationMade>()("POST /api/account/invitations", {
  isIdempotent: true,
});
export const revokeInvitation = declare<{ id: string }, undefined>()("DELETE /api/account/invitations/:id");
export const acceptInvitation = declare<z.input<typeof acceptInvitationBody>, OwnTenantEnvelope>()(
  "POST /api/account/invitations/accept",
);
