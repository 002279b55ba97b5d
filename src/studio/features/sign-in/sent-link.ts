/** A link that was mailed; outside production the link itself, too. */
export type SentLink = { email: string; link: string | null };
