import { ConnectionError, ShujaaError } from "../sdk/errors.ts";
import type { Words } from "./words.ts";

export type Trouble = { code: string; message: string };

/** What is told to a visitor, who cannot mend the page, and what to whoever runs it: the code. */
export async function troubleOf(error: unknown, words: Words, service: string): Promise<Trouble> {
  const { problems } = words;
  if (error instanceof ConnectionError) {
    // A key that is not good here gets no leave to read why (CORS): that the service itself is there tells it from a lost network.
    return (await isThere(service))
      ? { code: "key_refused", message: problems.keyRefused(location.origin) }
      : { code: "connection", message: problems.away };
  }
  if (!(error instanceof ShujaaError)) return { code: "unknown", message: problems.other };
  const { code } = error;
  return { code, message: known(code, words) ?? (error.status === 422 ? problems.words : problems.other) };
}

function known(code: ShujaaError["code"], { problems }: Words): string | null {
  switch (code) {
    case "unauthenticated":
    case "forbidden":
    case "origin_not_allowed":
      return problems.keyRefused(location.origin);
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

async function isThere(service: string): Promise<boolean> {
  if (!navigator.onLine) return false;
  return fetch(`${service}/embed.js`, { method: "HEAD", mode: "no-cors", credentials: "omit" }).then(
    () => true,
    () => false,
  );
}
