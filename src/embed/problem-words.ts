import { ConnectionError, ShujaaError } from "../sdk/errors.ts";
import type { Words } from "./words.ts";

export type Trouble = { code: string; message: string };

/** What is told to a visitor, who cannot mend the page, and what to whoever runs it: the code. */
export function troubleOf(error: unknown, words: Words): Trouble {
  const { problems } = words;
  if (error instanceof ConnectionError) return { code: "connection", message: problems.away };
  if (!(error instanceof ShujaaError)) return { code: "unknown", message: problems.other };
  const { code } = error;
  return { code, message: known(code, words) ?? (error.status === 422 ? problems.words : problems.other) };
}

function known(code: ShujaaError["code"], { problems }: Words): string | null {
  switch (code) {
    case "unauthenticated":
    case "forbidden":
      return problems.wrongKey;
    case "origin_not_allowed":
      return problems.wrongPage(location.origin);
    case "insufficient_credits":
    case "account_on_hold":
      return problems.noCredits;
    case "quota_exceeded":
    case "plan_required":
      return problems.limit;
    case "rate_limited":
    case "backlog_full":
    case "service_unavailable":
      return problems.busy;
    default:
      return null;
  }
}
