/** The most specific first: what one has taken out the next does not see. */
const kinds: readonly [RegExp, string][] = [
  // What follows the question mark of a link opens it; what stands before an @ is a password.
  [/\bhttps?:\/\/[^\s"'<>)]+/gi, "[link]"],
  [/[^\s"'<>()@:,;]+@[^\s"'<>()@:,;]+\.[a-z]{2,}/gi, "[email]"],
  [/\bbearer +[^\s"']+/gi, "[credential]"],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, "[credential]"],
  // Our keys and Stripe's, its webhooks' secrets, Resend's.
  [/\b(?:sk|pk|rk|whsec|re)_[\w-]{8,}/g, "[credential]"],
  // Kenya's, with or without the country, and others as E.164 has them.
  [/\+\d{8,15}\b|\b(?:254|0)[17]\d{8}\b/g, "[phone]"],
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, "[address]"],
];

/** Texts, wherever they stand in what is given, without what belongs to somebody or opens something. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === "string") return kinds.reduce((text, [kind, word]) => text.replace(kind, word), value);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutSecrets(inner)]));
}
