/** Who is in a tenant, who is asked to join it, and what its people say of themselves. */
import { z } from "zod";
import { listQuery } from "./credits.ts";
import { told } from "./field-codes.ts";
import { idSchema } from "./ids.ts";
import { planNames } from "./plans.ts";
import { readableText } from "./video.ts";

const role = z.enum(["owner", "creator"]).meta({
  description: "A `creator` makes videos and sees the library; an `owner` also manages people, keys and billing.",
});

export const membersQuery = listQuery;
export type MembersQuery = z.infer<typeof membersQuery>;

export const memberAnswer = z.object({
  user_id: idSchema("user"),
  email: z.string(),
  name: z.string().nullable(),
  role,
  joined_at: z.string(),
  is_you: z.boolean(),
});
export type MemberAnswer = z.infer<typeof memberAnswer>;
export const membersAnswer = z.object({ data: z.array(memberAnswer), next_cursor: z.string().nullable() });
export type MembersAnswer = z.infer<typeof membersAnswer>;

export const changeRoleBody = z.strictObject({ role });
export type ChangeRoleBody = z.infer<typeof changeRoleBody>;

export const inviteBody = z.strictObject({
  email: z.string().max(254).meta({ description: "Where the invitation is mailed to.", example: "juma@example.com" }),
  role,
});
export type InviteBody = z.infer<typeof inviteBody>;

export const invitationAnswer = z.object({
  id: idSchema("invitation"),
  email: z.string(),
  role,
  expires_at: z.string(),
  created_at: z.string(),
});
export type InvitationAnswer = z.infer<typeof invitationAnswer>;
export const invitationMade = invitationAnswer.extend({
  invitation_link: z.string().optional().meta({ description: "Only outside production: what the mail carries." }),
});
export type InvitationMade = z.infer<typeof invitationMade>;
export const invitationsAnswer = z.object({ data: z.array(invitationAnswer), next_cursor: z.null() });
export type InvitationsAnswer = z.infer<typeof invitationsAnswer>;

export const invitationToken = z.string().min(1).max(100);
export const acceptInvitationBody = z.strictObject({
  token: invitationToken.meta({ description: "What the link in the mail ends with." }),
});
export type AcceptInvitationBody = z.infer<typeof acceptInvitationBody>;

export const ownTenantAnswer = z.object({
  id: idSchema("tenant"),
  name: z.string(),
  role,
  plan: z.enum(planNames),
  is_current: z.boolean().meta({ description: "The one this credential is at work in." }),
});
export type OwnTenantAnswer = z.infer<typeof ownTenantAnswer>;
export const ownTenantEnvelope = z.object({ tenant: ownTenantAnswer });
export type OwnTenantEnvelope = z.infer<typeof ownTenantEnvelope>;
export const ownTenantsAnswer = z.object({ data: z.array(ownTenantAnswer), next_cursor: z.null() });
export type OwnTenantsAnswer = z.infer<typeof ownTenantsAnswer>;

export const switchTenantBody = z.strictObject({ tenant_id: idSchema("tenant") });
export type SwitchTenantBody = z.infer<typeof switchTenantBody>;

export const changeProfileBody = z
  .strictObject({
    name: readableText(120).nullable().optional().meta({ description: "null: none any more." }),
    phone: z.string().max(32).nullable().optional().meta({
      description: "Any spelling; kept as E.164. null: none any more.",
      example: "0712345678",
    }),
  })
  .refine(({ name, phone }) => name !== undefined || phone !== undefined, told("required", "needs a name or a phone"));
export type ChangeProfileBody = z.infer<typeof changeProfileBody>;

export const renameTenantBody = z.strictObject({ name: readableText(120) });
export type RenameTenantBody = z.infer<typeof renameTenantBody>;
