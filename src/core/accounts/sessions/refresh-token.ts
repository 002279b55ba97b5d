import type { Deps } from "../../deps.ts";

type Refreshable = { id: string; generation: number; salt: string };

/** `ses_….generation.mac`: made anew from the session's row, never kept; 256 bits that nobody without our secret can make. */
export async function refreshTokenOf(deps: Deps, session: Refreshable): Promise<string> {
  const said = saidBy(session);
  return `${session.id}.${session.generation}.${await deps.macs.sign("refresh tokens", said)}`;
}

export type ClaimedRefresh = { sessionId: string; generation: number; mac: string };

/** What a token says of itself, still to be proved; null: it is no refresh token at all. */
export function parseRefreshToken(token: string): ClaimedRefresh | null {
  const [, sessionId, generation, mac] =
    /^(ses_[0-9a-z]{26})\.(0|[1-9]\d{0,8})\.([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
  if (sessionId === undefined || generation === undefined || mac === undefined) return null;
  return { sessionId, generation: Number(generation), mac };
}

/** Whether a token was made by us, for this session and this generation of it. */
export function isGenuine(deps: Deps, { generation, mac }: ClaimedRefresh, session: { id: string; salt: string }) {
  return deps.macs.verify("refresh tokens", saidBy({ ...session, generation }), mac);
}

function saidBy({ id, generation, salt }: Refreshable): string {
  return `${id}.${generation}.${salt}`;
}
