/** Where somebody came from with too few credits, who is to be brought back once they have them. */
import { useEffect } from "react";
import { useSearchParams } from "wouter";
import { keep, readKept } from "../../app/kept.ts";

const keptName = "billing-next";

/** A page of the studio's own: anything else could lead away. */
function isOwnPage(path: unknown): path is string {
  return typeof path === "string" && /^\/(?![/\\])[\w\-/]*$/.test(path);
}

/** null: they came by themselves, and nothing waits for them. The way to Stripe and back forgets the address, so it is kept. */
export function useNextPage(): string | null {
  const [search] = useSearchParams();
  const asked = search.get("next");
  useEffect(() => {
    if (isOwnPage(asked)) keep(keptName, asked);
  }, [asked]);
  if (isOwnPage(asked)) return asked;
  const kept = readKept(keptName);
  if (isOwnPage(kept)) return kept;
  return hasDraft() ? "/create" : null;
}

export function forgetNextPage(): void {
  keep(keptName, null);
}

function hasDraft(): boolean {
  const draft = readKept("draft");
  if (typeof draft !== "object" || draft === null) return false;
  const { prompt, script, template } = draft as Record<string, unknown>;
  return [prompt, script, template].some((text) => typeof text === "string" && text.trim() !== "");
}
