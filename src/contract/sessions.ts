import { z } from "zod";
import { userAnswer } from "./accounts.ts";
import { idSchema } from "./ids.ts";

/** What a refresh answers with; the refresh token itself is in the cookie, where no script reads it. */
export const refreshAnswer = z.object({
  access_token: z.string(),
  refresh_token: z.null(),
  token_type: z.literal("bearer"),
  /** Seconds. */
  expires_in: z.int().positive(),
  user: userAnswer,
});
export type RefreshAnswer = z.infer<typeof refreshAnswer>;

export const listedSession = z.object({
  id: idSchema("session"),
  created_at: z.string(),
  last_used_at: z.string().meta({ description: "When its refresh token was last used." }),
  expires_at: z.string().meta({ description: "When it ends unless it is refreshed before." }),
  method: z.enum(["password", "link", "google", "github"]),
  address: z.string().nullable().meta({ description: "Where it was signed in from." }),
  user_agent: z.string().nullable(),
  is_current: z.boolean(),
  tenant_id: idSchema("tenant"),
});

export const sessionsAnswer = z.object({ data: z.array(listedSession), next_cursor: z.null() });
export type SessionsAnswer = z.infer<typeof sessionsAnswer>;

const typedPassword = z.string().max(512);

export const reauthenticateBody = z.strictObject({ password: typedPassword });
export type ReauthenticateBody = z.infer<typeof reauthenticateBody>;

export const changePasswordBody = z.strictObject({
  current_password: typedPassword
    .optional()
    .meta({ description: "May be left out by who has none yet, within two hours of signing in." }),
  password: typedPassword.meta({ description: "8 to 128 characters, and not one of the common ones." }),
});
export type ChangePasswordBody = z.infer<typeof changePasswordBody>;
