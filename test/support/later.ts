import { vi } from "vitest";
import { sessionAnswer } from "../../src/contract/accounts.ts";
import { password, read, type Tenant } from "./api-client.ts";

/** Moves the clock, and signs the tenant in again: a session lasts a day. */
export async function at(tenant: Tenant, nowMs: number): Promise<Tenant> {
  vi.useFakeTimers({ toFake: ["Date"], now: nowMs });
  const body = { email: tenant.email, password };
  const session = read(await tenant.withToken(null).post("/api/auth/login", body), 200, sessionAnswer);
  return { ...tenant, ...tenant.withToken(session.access_token), session, token: session.access_token };
}
