import type { z } from "zod";
import type { logInBody, MeAnswer, SessionAnswer, signUpBody } from "../../contract/accounts.ts";
import type {
  LinkSessionAnswer,
  linkRequestBody,
  MagicLinkRequested,
  magicLinkVerifyBody,
  ProofRequested,
  passwordResetBody,
  proofBody,
  proofRequestBody,
  ResetRequested,
} from "../../contract/links.ts";
import type { OwnTenantsAnswer, switchTenantBody } from "../../contract/members.ts";
import type { IdentitiesAnswer, signInProvidersAnswer } from "../../contract/oauth.ts";
import type { changePasswordBody, RefreshAnswer, reauthenticateBody, SessionsAnswer } from "../../contract/sessions.ts";
import { declare, type Nothing } from "../operation.ts";

export const signUp = declare<z.input<typeof signUpBody>, SessionAnswer>()("POST /api/auth/signup");
export const logIn = declare<z.input<typeof logInBody>, SessionAnswer>()("POST /api/auth/login");
export const logOut = declare<Nothing, undefined>()("POST /api/auth/logout");
export const getMe = declare<Nothing, MeAnswer>()("GET /api/auth/me");
export const refreshSession = declare<Nothing, RefreshAnswer>()("POST /api/auth/refresh");
export const requestMagicLink = declare<z.input<typeof linkRequestBody>, MagicLinkRequested>()(
  "POST /api/auth/magic-link/request",
);
export const verifyMagicLink = declare<z.input<typeof magicLinkVerifyBody>, LinkSessionAnswer>()(
  "POST /api/auth/magic-link/verify",
);
export const forgotPassword = declare<z.input<typeof linkRequestBody>, ResetRequested>()(
  "POST /api/auth/password/forgot",
);
export const resetPassword = declare<z.input<typeof passwordResetBody>, undefined>()("POST /api/auth/password/reset");
export const changePassword = declare<z.input<typeof changePasswordBody>, undefined>()(
  "POST /api/auth/password/change",
);
export const reauthenticate = declare<z.input<typeof reauthenticateBody>, undefined>()("POST /api/auth/reauthenticate");
export const proveEmail = declare<z.input<typeof proofBody>, undefined>()("POST /api/auth/email/proof");
export const requestEmailProof = declare<z.input<typeof proofRequestBody>, ProofRequested>()(
  "POST /api/auth/email/proof/request",
);
export const listSessions = declare<Nothing, SessionsAnswer>()("GET /api/auth/sessions");
export const endSession = declare<{ id: string }, undefined>()("DELETE /api/auth/sessions/:id");
export const endOtherSessions = declare<Nothing, undefined>()("DELETE /api/auth/sessions");
export const listSignInProviders = declare<Nothing, z.output<typeof signInProvidersAnswer>>()(
  "GET /api/auth/oauth/providers",
);
export const listIdentities = declare<Nothing, IdentitiesAnswer>()("GET /api/auth/identities");
export const unlinkIdentity = declare<{ provider: string }, undefined>()("DELETE /api/auth/identities/:provider");
export const listTenants = declare<Nothing, OwnTenantsAnswer>()("GET /api/auth/tenants");
export const switchTenant = declare<z.input<typeof switchTenantBody>, MeAnswer>()("POST /api/auth/tenant");
