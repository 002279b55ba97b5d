import { type MailLanguage, mailLanguages } from "../core/mail/letters.ts";

/** Of ours the one that a browser asks for first; English without a wish. */
export function preferredLanguage(acceptLanguage: string | undefined): MailLanguage {
  const wishes = (acceptLanguage ?? "").split(",").map((wish) => wish.trim().slice(0, 2).toLowerCase());
  return mailLanguages.find((language) => language === wishes.find((wish) => isOurs(wish))) ?? "en";
}

function isOurs(wish: string): boolean {
  return mailLanguages.some((language) => language === wish);
}
