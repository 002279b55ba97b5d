import type { SessionAnswer, UserAnswer } from "../../../contract/accounts.ts";
import { type Context, makeId } from "../../context.ts";
import type { Plan } from "../../plans/plans.ts";
import { clientDigest } from "./client-digest.ts";
import { refreshTokenOf } from "./refresh-token.ts";
import type { SignInMethod, sessions } from "./tables.ts";

/** OWASP ASVS 10.4.8: however often it is refreshed, a session ends. */
export const absoluteMs = 90 * 86_400_000;
/** product.md, Accounts: a refresh token lasts 30 days. */
export const idleMs = 30 * 86_400_000;

/** A session that was just opened, with the tokens that name it; the row is still to be written. */
export type NewSession = { row: typeof sessions.$inferInsert; accessToken: string; refreshToken: string };

/** What signing in answers with: the body, and what goes into the cookie. */
export type OpenedSession = { answer: SessionAnswer; refreshToken: string };

export async function newSession(
  context: Context,
  member: { userId: string; tenantId: string; method: SignInMethod; userAgent: string | null },
): Promise<NewSession> {
  const { clock, accessTokens, randomness } = context.deps;
  const nowMs = clock.now();
  const row = {
    id: makeId(context, "session"),
    userId: member.userId,
    tenantId: member.tenantId,
    method: member.method,
    createdAtMs: nowMs,
    authenticatedAtMs: nowMs,
    expiresAtMs: nowMs + absoluteMs,
    generation: 0,
    refreshedAtMs: nowMs,
    refreshedBy: await clientDigest(context, member.userAgent),
    salt: Array.from(randomness.bytes(16), (byte) => byte.toString(16).padStart(2, "0")).join(""),
    address: context.address,
    userAgent: member.userAgent?.slice(0, 200) ?? null,
  };
  const [accessToken, refreshToken] = await Promise.all([
    accessTokens.issue({ userId: member.userId, sessionId: row.id }, nowMs),
    refreshTokenOf(context.deps, row),
  ]);
  return { row, accessToken, refreshToken };
}

export function toOpened(
  context: Context,
  session: NewSession,
  who: { user: UserAnswer; plan: Plan; balance: number },
): OpenedSession {
  return {
    answer: {
      user: who.user,
      plan: who.plan,
      credits: { balance: who.balance },
      access_token: session.accessToken,
      token_type: "bearer",
      expires_in: context.deps.accessTokens.ttlSeconds,
    },
    refreshToken: session.refreshToken,
  };
}
