/** East Africa Time: UTC+3, and no daylight saving. */
const offsetMs = 3 * 60 * 60 * 1000;

/** 20261121143005 */
export function eatTimestamp(ms: number): string {
  return new Date(ms + offsetMs).toISOString().slice(0, 19).replace(/\D/g, "");
}

/** 2026-11-21 14:30:05 */
export function eatDateTime(ms: number): string {
  return new Date(ms + offsetMs).toISOString().slice(0, 19).replace("T", " ");
}

/** Reads 20261121143005. Null when there is no such day or time. */
export function readEatTimestamp(text: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text)?.slice(1);
  if (parts === undefined) return null;
  const [year = "", month = "", day = "", hour = "", minute = "", second = ""] = parts;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - offsetMs;
  // Date.parse takes February 30th for March 2nd.
  return Number.isNaN(ms) || eatTimestamp(ms) !== text ? null : ms;
}

/** Reads 2026-11-21 14:30:05. Null when there is no such day or time. */
export function readEatDateTime(text: string): number | null {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? readEatTimestamp(text.replace(/\D/g, "")) : null;
}
