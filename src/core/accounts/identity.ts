import { z } from "zod";
import { passwordLength } from "../../contract/accounts.ts";
import type { FieldError } from "../../contract/errors.ts";
import type { Deps } from "../deps.ts";
import { fail } from "../fail.ts";

type Told = Omit<FieldError, "pointer">;

const emailAddress = z.email().max(254);

/** The one spelling an address is stored and looked up under. NFKC comes first: a look-alike @ must not get past the check. */
export function normaliseEmail(email: string): string | null {
  const parsed = emailAddress.safeParse(email.normalize("NFKC").trim().toLowerCase());
  return parsed.success ? parsed.data : null;
}

export function requireEmail(email: string): string {
  const normalised = normaliseEmail(email);
  return (
    normalised ??
    refuseField("email", {
      detail: "is not an email address",
      code: "wrong_format",
      params: { format: "email" },
    })
  );
}

export function requirePhone(deps: Deps, phone: string): string {
  return (
    deps.phoneNumbers.normalise(phone) ??
    refuseField("phone", {
      detail: "is not a phone number; try it with the country code",
      code: "wrong_format",
      params: { format: "phone" },
    })
  );
}

/** NFKC, so that one password typed on two keyboards is one password (ASVS 6.2: no trimming, no cutting). */
export function normalisePassword(password: string): string {
  return password.normalize("NFKC");
}

/** Why a password will not do. */
export type PasswordFlaw = "short" | "long" | "common";

export const flawsTold: Record<PasswordFlaw, Told> = {
  short: {
    detail: `needs at least ${passwordLength.min} characters`,
    code: "too_short",
    params: { limit: passwordLength.min },
  },
  long: { detail: `at most ${passwordLength.max} characters`, code: "too_long", params: { limit: passwordLength.max } },
  common: { detail: "is one of the most used passwords; choose another", code: "too_common" },
};

export async function requireStrongPassword(deps: Deps, typed: string): Promise<string> {
  const { password, flaw } = await checkPassword(deps, typed);
  return flaw === null ? password : refuseField("password", flawsTold[flaw]);
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

function refuseField(field: string, told: Told): never {
  fail("validation_failed", `The ${field} ${told.detail}.`, { errors: [{ pointer: `/${field}`, ...told }] });
}
