/**
 * An error for the log. Drizzle writes the values of a failed query into its message and stack, an email, a title; its cause
 * says what was wrong.
 */
export function errorWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `${error.cause.name}: ${error.cause.message}` : "";
  if (isFailedQuery(error)) return `failed query: ${cause}`;
  return `${error.name}: ${error.message}${cause === "" ? "" : ` (${cause})`}`;
}

export function isFailedQuery(error: Error): boolean {
  return error.name === "DrizzleQueryError" || error.message.startsWith("Failed query");
}
