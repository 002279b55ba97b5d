import { z } from "zod";
import { passwordLength } from "../../contract/accounts.ts";
import type { Deps } from "../deps.ts";
import { fail } from "../fail.ts";

const emailAddress = z.email().max(254);

/** The one spelling an address is stored and looked up under. NFKC comes first: a look-alike @ must not get past the check. */
export function normaliseEmail(email: string): string | null {
  const parsed = emailAddress.safeParse(email.normalize("NFKC").trim().toLowerCase());
  return parsed.success ? parsed.data : null;
}

export function requireEmail(email: string): string {
  const normalised = normaliseEmail(email);
  return normalised ?? refuseField("email", "is not an email address");
}

export function requirePhone(deps: Deps, phone: string): string {
  return (
    deps.phoneNumbers.normalise(phone) ?? refuseField("phone", "is not a phone number; try it with the country code")
  );
}

/** NFKC, so that one password typed on two keyboards is one password (ASVS 6.2: no trimming, no cutting). */
export function normalisePassword(password: string): string {
  return password.normalize("NFKC");
}

/** Why a password will not do. */
export type PasswordFlaw = "short" | "long" | "common";

export const flawWords: Record<PasswordFlaw, string> = {
  short: `needs at least ${passwordLength.min} characters`,
  long: `at most ${passwordLength.max} characters`,
  common: "is one of the most used passwords; choose another",
};

export async function requireStrongPassword(deps: Deps, typed: string): Promise<string> {
  const { password, flaw } = await checkPassword(deps, typed);
  return flaw === null ? password : refuseField("password", flawWords[flaw]);
}

/** The password normalised, and why it will not do; null: it will. */
export async function checkPassword(
  deps: Deps,
  typed: string,
): Promise<{ password: string; flaw: PasswordFlaw | null }> {
  const password = normalisePassword(typed);
  const length = [...password].length;
  if (length < passwordLength.min) return { password, flaw: "short" };
  if (length > passwordLength.max) return { password, flaw: "long" };
  return { password, flaw: (await deps.passwords.isCommon(password)) ? "common" : null };
}

function refuseField(field: string, detail: string): never {
  fail("validation_failed", `The ${field} ${detail}.`, { errors: [{ pointer: `/${field}`, detail }] });
}
