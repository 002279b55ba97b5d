import type { ReturnCookie } from "../../../contract/return-cookie.ts";

const returnCookie: ReturnCookie = { name: "shujaa_return", value: "studio", path: "/billing/return" };
/** A checkout is open for a day. */
const daySeconds = 86_400;

/** To one of Stripe's pages, and afterwards back here rather than to the page for people without a studio. */
export function leaveFor(url: string): void {
  const { name, value, path } = returnCookie;
  // biome-ignore lint/suspicious/noDocumentCookie: the store that would take its place is not in every browser.
  document.cookie = `${name}=${value}; Path=${path}; Max-Age=${daySeconds}; SameSite=Lax`;
  window.location.assign(url);
}
