/**
 * How a sentence book is laid out. A line is "Scene title | Narration"; a word in braces is a slot, and a line whose
 * slot the topic cannot fill is passed over. `{here}` is the place with a space before it, or nothing.
 * `{person}` fills with nothing and is there only when the subject is a person or a group of people.
 */
export const beats = ["hook", "context", "turn", "resolution", "call"] as const;
export type Beat = (typeof beats)[number];

export const kinds = ["story", "explainer", "news", "business", "inspiration", "event", "howto", "proverb"] as const;
export type Kind = (typeof kinds)[number];

export const domains = [
  "technology",
  "farming",
  "market",
  "school",
  "health",
  "faith",
  "nature",
  "sport",
  "music",
  "food",
  "travel",
  "family",
  "history",
  "money",
  "transport",
  "general",
] as const;
export type Domain = (typeof domains)[number];

export type KindLines = Readonly<Record<Beat, readonly string[]>>;
export type LineBook = {
  kinds: Readonly<Record<Kind, KindLines>>;
  /** Full sentences of colour about a field of life: they need no slot. */
  domains: Readonly<Record<Domain, readonly string[]>>;
  /** Carries a fact of the prompt that did not fit the first scene; every line has `{detail}`. */
  details: readonly string[];
  /** Short closing sentences that bring a person's own short sentence up to length. */
  tails: readonly string[];
};

/** The kinds a shorter book tells apart: a guide is told like a lesson, a proverb like a word of encouragement. */
type CompactKinds = Readonly<Record<Exclude<Kind, "howto" | "proverb">, KindLines>>;

/** A shorter book: its scenes of daily life go with every field. */
export function compactBook(
  kindLines: CompactKinds,
  others: { general: readonly string[]; details: readonly string[]; tails: readonly string[] },
): LineBook {
  const none = Object.fromEntries(domains.map((domain) => [domain, []])) as unknown as Record<
    Domain,
    readonly string[]
  >;
  return {
    kinds: { ...kindLines, howto: kindLines.explainer, proverb: kindLines.inspiration },
    domains: { ...none, general: others.general },
    details: others.details,
    tails: others.tails,
  };
}
