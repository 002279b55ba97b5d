import type { SessionAnswer, UserAnswer } from "../../contract/accounts.ts";
import { type Context, makeId } from "../context.ts";
import type { Deps } from "../deps.ts";
import type { Plan } from "../plans/plans.ts";
import type { UserRow } from "./store.ts";
import type { MemberRole } from "./tables.ts";

/** The row of a new session, and the access token that names it. */
export async function newSession(
  context: Context,
  member: { userId: string; tenantId: string; userAgent: string | null },
) {
  const { clock, accessTokens } = context.deps;
  const nowMs = clock.now();
  const row = {
    id: makeId(context, "session"),
    userId: member.userId,
    tenantId: member.tenantId,
    createdAtMs: nowMs,
    expiresAtMs: nowMs + accessTokens.ttlSeconds * 1000,
    address: context.address,
    userAgent: member.userAgent?.slice(0, 200) ?? null,
  };
  const accessToken = await accessTokens.issue({ userId: member.userId, sessionId: row.id }, nowMs);
  return { row, accessToken };
}

/** `role`: within the tenant; who operates the service is told so instead. */
export function toUserAnswer(deps: Deps, user: UserRow, role: MemberRole): UserAnswer {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    phone: user.phone,
    role: deps.adminEmails.has(user.email) ? "admin" : role,
    created_at: new Date(user.createdAtMs).toISOString(),
  };
}

export function toSessionAnswer(
  context: Context,
  session: { user: UserAnswer; plan: Plan; balance: number; accessToken: string },
): SessionAnswer {
  return {
    user: session.user,
    plan: session.plan,
    credits: { balance: session.balance },
    access_token: session.accessToken,
    token_type: "bearer",
    expires_in: context.deps.accessTokens.ttlSeconds,
  };
}
