/**
 * Whether an error is weather of the platform's own: the database or an object is away for a moment, and what was asked may
 * well succeed when it is asked again. What a statement or our own code got wrong is not: that stays a bug.
 */
export function isOutage(error: unknown): boolean {
  // Drizzle and D1 each wrap what happened in an error of their own.
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    // The runtime's own marks: what our code in an object throws has none of them.
    const { retryable, overloaded, durableObjectReset } = cause as Marks;
    if (retryable === true || overloaded === true || durableObjectReset === true) return true;
    const { message } = cause;
    if (outageWords.some((words) => message.includes(words))) return true;
  }
  return false;
}

type Marks = { retryable?: unknown; overloaded?: unknown; durableObjectReset?: unknown };

/** D1 has no marks, only words: those of its documented errors that pass, and what its objects say when they are replaced. */
const outageWords = [
  "Network connection lost",
  "D1 DB is overloaded",
  "Durable Object is overloaded",
  "caused object to be reset",
  "reset because its code was updated",
  "Cannot resolve D1 DB due to transient issue",
];
