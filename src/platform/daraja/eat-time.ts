/** East Africa Time: UTC+3, no daylight saving. */
const offsetMs = 3 * 60 * 60 * 1000;

function eatIso(ms: number): string {
  return new Date(ms + offsetMs).toISOString().slice(0, 19);
}

/** 20261121143005 */
export function eatTimestamp(ms: number): string {
  return eatIso(ms).replace(/\D/g, "");
}

/** 2026-11-21 14:30:05 */
export function eatDateTime(ms: number): string {
  return eatIso(ms).replace("T", " ");
}
