/**
 * The most specific first: what one has taken out the next does not see. A text may be a provider's whole answer, or what
 * somebody typed: so none of these begins anew within what it has just read in vain, or a long one would hold the isolate for seconds.
 */
const kinds: readonly [RegExp, string][] = [
  // What follows the question mark of a link opens it; what stands before an @ is a password.
  [/\b(?:http|ws)s?:\/\/[^\s"'<>)]+/gi, "[link]"],
  [/(?<![^\s"'<>()@:,;])[^\s"'<>()@:,;]+@[^\s"'<>()@:,;]+\.[a-z]{2,}/gi, "[email]"],
  // As it stands in a path.
  [/\b[\w.+-]{1,64}%40[\w.-]+/gi, "[email]"],
  [/\b(?:bearer|basic) +[^\s"']+/gi, "[credential]"],
  [/(?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]+/g, "[credential]"],
  // Our keys and Stripe's, its webhooks' secrets, Resend's.
  [/\b(?:sk|pk|rk|whsec|re)_[\w-]{8,}/g, "[credential]"],
  // As E.164 has them, and Kenya's with or without the country; with gaps, as people write them.
  [/\+\d(?:[ -]?\d){7,14}\b|\b(?:254|0)[ -]?[17](?:[ -]?\d){8}\b/g, "[phone]"],
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, "[address]"],
  // IPv6: more colons than a time of day or a place in a file has.
  [/(?<![\w:])(?:[\da-f]{0,4}:){3,7}[\da-f]{1,4}(?![\w:])/gi, "[address]"],
];

/** A stack is half as long; more of a text tells an operator nothing. */
const textMax = 8_000;

/** Texts, wherever they stand in what is given, without what belongs to somebody or opens something. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === "string") return withoutSecretText(value);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutSecrets(inner)]));
}

/** Cut last: half an address is still one. */
function withoutSecretText(text: string): string {
  const clean = kinds.reduce((rest, [kind, word]) => rest.replace(kind, word), text);
  return clean.length > textMax ? `${clean.slice(0, textMax)}…` : clean;
}
