import type { Deps } from "../../deps.ts";

type Refreshable = { id: string; generation: number; salt: string };

/** `ses_….generation.mac`: made anew from the session's row, never kept; 256 bits that nobody without our secret can make. */
export async function refreshTokenOf(deps: Deps, session: Refreshable): Promise<string> {
  const { id, generation, salt } = session;
  return `${id}.${generation}.${await deps.macs.sign("refresh tokens", `${id}.${generation}.${salt}`)}`;
}
