import type { UserAnswer } from "../../contract/accounts.ts";
import type { Deps } from "../deps.ts";
import { isOperator } from "./is-operator.ts";
import type { UserRow } from "./store.ts";
import type { MemberRole } from "./tables.ts";

/** `role`: within the tenant; who operates the service is told so instead. */
export function toUserAnswer(deps: Deps, user: UserRow, role: MemberRole): UserAnswer {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    phone: user.phone,
    role: isOperator(deps, user) ? "admin" : role,
    created_at: new Date(user.createdAtMs).toISOString(),
    email_proven: user.emailProvenAtMs !== null,
  };
}
