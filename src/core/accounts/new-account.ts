import type { BatchItem } from "drizzle-orm/batch";
import { type Context, makeId } from "../context.ts";
import { fail } from "../fail.ts";
import { insertAccount, type UserRow } from "./store.ts";
import type { tenants } from "./tables.ts";

export type NewAccount = {
  user: UserRow;
  tenant: typeof tenants.$inferInsert;
  /** Throws when the address or the phone has an account: `refuseTaken` says which. */
  statements: [BatchItem<"sqlite">, ...BatchItem<"sqlite">[]];
};

/** A user with a tenant of their own; both are still to be written, and the tenant to be welcomed. */
export function newAccount(
  context: Context,
  who: {
    /** Normalised. */
    email: string;
    phone: string | null;
    name: string | null;
    passwordHash: string | null;
    isEmailProven: boolean;
  },
): NewAccount {
  const nowMs = context.deps.clock.now();
  const { email, phone, name, passwordHash } = who;
  const user = {
    id: makeId(context, "user"),
    email,
    phone,
    name,
    emailProvenAtMs: who.isEmailProven ? nowMs : null,
    disabledAtMs: null,
    createdAtMs: nowMs,
  };
  const tenant = { id: makeId(context, "tenant"), name: name ?? email, createdAtMs: nowMs };
  return { user, tenant, statements: insertAccount(context.deps, { user, tenant, passwordHash, nowMs }) };
}

/** The unique indexes decide who came first; D1 names the column in its message and nowhere else. */
export function refuseTaken(error: unknown): never {
  const text = String(error instanceof Error ? `${error.message} ${String(error.cause)}` : error);
  if (text.includes("users.email")) fail("email_taken", "This email already has an account. Sign in instead.");
  if (text.includes("users.phone")) fail("phone_taken", "This phone number already has an account. Sign in instead.");
  throw error;
}
