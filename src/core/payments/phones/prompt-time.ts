const minuteMs = 60_000;
/** A prompt lives a minute, and its payment was written down before it. */
export const promptMs = 10 * minuteMs;
/** M-Pesa's clock and ours differ. */
export const clockSkewMs = minuteMs;

/** Whether money of this moment can be what the prompt of a payment made then has brought. */
export function isOfPrompt(createdAtMs: number, paidAtMs: number): boolean {
  return paidAtMs >= createdAtMs - clockSkewMs && paidAtMs <= createdAtMs + promptMs;
}
