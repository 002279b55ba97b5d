import type { IdReused } from "../core/credits/ledger.ts";

export function idReused(detail: string): IdReused {
  return { ok: false, code: "id_reused", detail };
}

/** An answer that was given before, and is given again. */
export function repeated<Answer extends { ok: boolean }>(kept: string): Answer {
  const answer = JSON.parse(kept) as Answer;
  return answer.ok ? { ...answer, isRepeat: true } : answer;
}
