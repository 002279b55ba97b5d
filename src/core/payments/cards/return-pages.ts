import type { Deps } from "../../deps.ts";

/** Where Stripe's pages send people back to; `origin` is where the request came to. Stripe fills in the session's id. */
export function returnPages({ publicUrl }: Deps, origin: string): { successUrl: string; cancelUrl: string } {
  const page = `${publicUrl ?? origin}/billing/return`;
  return { successUrl: `${page}?session_id={CHECKOUT_SESSION_ID}`, cancelUrl: `${page}?left=1` };
}

export function portalReturnPage({ publicUrl }: Deps, origin: string): string {
  return `${publicUrl ?? origin}/billing/return?portal=1`;
}
