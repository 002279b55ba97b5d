import type { RefreshAnswer } from "../../../contract/sessions.ts";
import { auditRowIfChanged } from "../../audit/audit-row.ts";
import type { Context } from "../../context.ts";
import type { Deps } from "../../deps.ts";
import { toUserAnswer } from "../to-user-answer.ts";
import { clientDigest } from "./client-digest.ts";
import { isGenuine, parseRefreshToken, refreshTokenOf } from "./refresh-token.ts";
import { endSession, findRefreshable, moveGeneration, type Refreshable } from "./session-store.ts";

/** For so long the client that refreshed last gets its answer again: it may have been lost on the way, or asked for by two tabs. */
const sameAnswerMs = 10_000;

export type RefreshedSession = { answer: RefreshAnswer; refreshToken: string };

/**
 * A new access token and a new refresh token for an old one, which is then spent (ASVS 10.4.5). null: there is no session to
 * go on with. One guarded UPDATE decides between racers:
 * - of one client all get the identical answer, and one generation is moved;
 * - of two clients the first gets an answer; the other shows that somebody has the token who should not, and nobody can tell
 *   who. So its call ends the session, and what the first was given is worth nothing any more.
 */
export async function refreshSession(
  context: Context,
  input: { token: string | null; userAgent: string | null },
): Promise<RefreshedSession | null> {
  const { deps } = context;
  const claimed = input.token === null ? null : parseRefreshToken(input.token);
  if (claimed === null) return null;
  const session = await findRefreshable(deps, claimed.sessionId, deps.clock.now());
  if (session === null || !(await isGenuine(deps, claimed, session))) return null;

  const client = await clientDigest(context, input.userAgent);
  if (claimed.generation === session.generation) {
    const moved = await rotate(context, session, client);
    if (moved !== null) return toRefreshed(deps, moved);
  }
  // Read again: between the first reading and now another may have moved it on, or ended it.
  const nowMs = deps.clock.now();
  const current = await findRefreshable(deps, session.id, nowMs);
  if (current === null) return null;
  const isLatestAgain =
    claimed.generation === current.generation - 1 &&
    current.refreshedBy === client &&
    nowMs - current.refreshedAtMs <= sameAnswerMs;
  if (isLatestAgain) return toRefreshed(deps, current);
  await endReplayed(context, current, claimed.generation);
  return null;
}

/** null: another was faster. */
async function rotate(context: Context, session: Refreshable, client: string): Promise<Refreshable | null> {
  const { deps } = context;
  const refreshedAtMs = deps.clock.now();
  const { id, tenantId, generation } = session;
  const [moved] = await deps.db.batch([
    moveGeneration(deps, { id, generation, refreshedAtMs, refreshedBy: client }),
    auditRowIfChanged(context, { action: "session.refresh", target: id, tenantId, details: { user: session.user.id } }),
  ]);
  if (moved.length === 0) return null;
  return { ...session, generation: generation + 1, refreshedAtMs, refreshedBy: client };
}

/** The same for the same row, to the byte: nothing in it is chance, and its time is the refresh's, not the call's. */
async function toRefreshed(deps: Deps, session: Refreshable): Promise<RefreshedSession> {
  const { refreshedAtMs, expiresAtMs, user } = session;
  const claims = { userId: user.id, sessionId: session.id };
  const [accessToken, refreshToken] = await Promise.all([
    deps.accessTokens.issue(claims, refreshedAtMs, expiresAtMs),
    refreshTokenOf(deps, session),
  ]);
  const leftSeconds = Math.floor(expiresAtMs / 1000) - Math.floor(refreshedAtMs / 1000);
  return {
    answer: {
      access_token: accessToken,
      refresh_token: null,
      token_type: "bearer",
      expires_in: Math.max(1, Math.min(deps.accessTokens.ttlSeconds, leftSeconds)),
      user: toUserAnswer(deps, user, session.role),
    },
    refreshToken,
  };
}

async function endReplayed(context: Context, session: Refreshable, generation: number): Promise<void> {
  const { deps } = context;
  await deps.db.batch([
    endSession(deps, session.id, deps.clock.now()),
    auditRowIfChanged(context, {
      action: "session.replayed",
      target: session.id,
      tenantId: session.tenantId,
      details: { user: session.user.id, replayed: generation, newest: session.generation },
    }),
  ]);
}
