/** What a Worker under test and the stand-in of its mail provider both know: no secret of anybody's. */
export const mailKey = "re_stand_in";

/** The variables of a Worker that mails through the stand-in at this address. */
export function mailVariables(base: string): Record<string, string> {
  return { MAIL_API_BASE: base, MAIL_API_KEY: mailKey, MAIL_FROM: "Shujaa Studio <hello@example.com>" };
}
