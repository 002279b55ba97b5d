import { eatTimestamp } from "./eat-time.ts";

/** Whose money it is, and where Daraja is asked. */
export type DarajaAccount = {
  /** Without a slash at the end. */
  base: string;
  /** A paybill number; for a till, the head office's. */
  shortcode: string;
  passkey: string;
  /** null: payments go to the paybill. */
  till: string | null;
  /** null: money cannot be sent back from here. */
  initiator: { name: string; credential: string } | null;
};

/** What signs a push and its query: the timestamp inside the password must be the one beside it. */
export function signature({ shortcode, passkey }: DarajaAccount, nowMs: number) {
  const timestamp = eatTimestamp(nowMs);
  return {
    BusinessShortCode: shortcode,
    Password: btoa(`${shortcode}${passkey}${timestamp}`),
    Timestamp: timestamp,
  };
}
