/** One JSON object a line on standard output. Never texts people wrote: ids, codes, counts and times. */
export function log(event: string, fields: Record<string, unknown>): void {
  console.log(JSON.stringify({ at: new Date().toISOString(), event, ...fields }));
}

/** What is behind an error, innermost last, for the log alone. */
export function causesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return error === undefined ? [] : [String(error)];
  return [error.message, ...causesOf(error.cause)];
}
