import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CredentialKind,
  denialOf,
  freshMs,
  isSensitive,
  type Permission,
  permissions,
} from "../../../src/core/access/permissions.ts";
import { requirePermission } from "../../../src/core/access/require-permission.ts";
import type { UserActor, Via } from "../../../src/core/context.ts";
import { Refusal } from "../../../src/core/fail.ts";

const nowMs = Date.UTC(2026, 10, 25);
const names = Object.keys(permissions) as Permission[];
const credentials = ["session", "secret_key", "embed_key"] as const;
const roles = ["owner", "creator"] as const;

function viaOf(kind: CredentialKind, ageMs = 0): Via {
  if (kind === "session") return { kind, sessionId: "ses_a", authenticatedAtMs: nowMs - ageMs };
  return { kind, keyId: "key_a" };
}

function actorOf(role: UserActor["role"], via: Via, isAdmin = false): UserActor {
  return { kind: "user", userId: "usr_a", tenantId: "ten_a", via, role, plan: "free", isAdmin };
}

/** S: by session. s: by session, shortly after signing in alone. K: by secret key. E: by embed key. */
function lettersFor(permission: Permission, role: UserActor["role"], isAdmin = false): string {
  const may = (via: Via) => denialOf(permission, actorOf(role, via, isAdmin), nowMs) === null;
  const session = may(viaOf("session", freshMs + 1)) ? "S" : may(viaOf("session")) ? "s" : "-";
  return `${session}${may(viaOf("secret_key")) ? "K" : "-"}${may(viaOf("embed_key")) ? "E" : "-"}`;
}

/** Written out, so that whoever widens the table changes this, too, and a reader of the change sees what it lets in. */
const expected = `
permission         owner creator operator
profile.read       SK-   SK-     SK-
profile.change     S--   S--     S--
sessions.manage    S--   S--     S--
password.change    S--   S--     S--
videos.create      SKE   SKE     SKE
videos.read        SKE   SKE     SKE
videos.list        SK-   SK-     SK-
videos.change      SK-   SK-     SK-
images.use         SK-   SK-     SK-
assets.use         SK-   SK-     SK-
projects.use       SK-   SK-     SK-
credits.read       SK-   SK-     SK-
usage.read         SK-   SK-     SK-
payments.read      SK-   SK-     SK-
payments.create    SK-   SK-     SK-
billing.read       SK-   SK-     SK-
billing.manage     S--   ---     ---
keys.read          S--   ---     ---
keys.manage        s--   ---     ---
members.read       SK-   SK-     SK-
members.manage     s--   ---     ---
members.join       S--   S--     S--
invitations.read   S--   ---     ---
tenant.change      S--   ---     ---
audit.read         SK-   ---     ---
privacy.export     S--   ---     ---
privacy.delete     s--   s--     s--
backups.read       SK-   SK-     SK-
service.operate    ---   ---     S--
service.measure    ---   ---     SK-
`.trim();

describe("the table of permissions", () => {
  it("lets in whom it is written down to let in, and nobody else", () => {
    // Operators are users of a tenant, too: here with the lesser role there.
    const lines = names.map((name) => {
      const letters = [lettersFor(name, "owner"), lettersFor(name, "creator"), lettersFor(name, "creator", true)];
      return `${name.padEnd(19)}${letters[0]?.padEnd(6)}${letters[1]?.padEnd(8)}${letters[2]}`;
    });
    expect(["permission         owner creator operator", ...lines].join("\n")).toBe(expected);
  });

  it("lets an embed key make videos and follow them, and nothing else", () => {
    const reachable = names.filter((name) => denialOf(name, actorOf("owner", viaOf("embed_key")), nowMs) === null);
    expect(reachable).toEqual(["videos.create", "videos.read"]);
  });

  it("keeps secret keys away from the account itself: keys, members, sessions, the password, its data and its end", () => {
    const own = /^(keys|sessions|password|privacy|billing\.manage|members\.(manage|join)|service\.operate)/;
    const guarded = names.filter((name) => own.test(name));
    expect(guarded).toHaveLength(10);
    for (const role of roles) {
      for (const name of guarded) {
        expect(denialOf(name, actorOf(role, viaOf("secret_key"), true), nowMs), name).toBe("credential");
      }
    }
  });

  it("never lets a key do what its maker may not do in person, nor an embed key what a secret key may not", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.constantFrom(...roles),
        fc.boolean(),
        fc.constantFrom("secret_key" as const, "embed_key" as const),
        (name, role, isAdmin, kind) => {
          const may = (via: Via) => denialOf(name, actorOf(role, via, isAdmin), nowMs) === null;
          if (may(viaOf(kind))) expect(may(viaOf("session"))).toBe(true);
          if (may(viaOf("embed_key"))) expect(may(viaOf("secret_key"))).toBe(true);
          if (isAdmin && role === "creator" && may(viaOf(kind))) {
            expect(denialOf(name, actorOf(role, viaOf(kind)), nowMs)).toBeNull();
          }
        },
      ),
    );
  });

  it("never lets a creator do what an owner may not", () => {
    for (const name of names) {
      for (const kind of credentials) {
        if (denialOf(name, actorOf("creator", viaOf(kind)), nowMs) !== null) continue;
        expect(denialOf(name, actorOf("owner", viaOf(kind)), nowMs), name).toBeNull();
      }
    }
  });
});

describe("what is sensitive", () => {
  it.each([
    ["at once", 0, null],
    ["two hours after", freshMs, null],
    ["a millisecond later", freshMs + 1, "not_fresh"],
    ["a month later", 30 * 86_400_000, "not_fresh"],
  ])("takes a sign-in of the last two hours: %s", (_name, ageMs, denial) => {
    const sensitive = names.filter(isSensitive);
    expect(sensitive).toEqual(["keys.manage", "members.manage", "privacy.delete"]);
    for (const name of sensitive) {
      expect(denialOf(name, actorOf("owner", viaOf("session", ageMs)), nowMs), name).toBe(denial);
    }
  });

  it("says first what no signing in would mend", () => {
    const stale = actorOf("creator", viaOf("session", freshMs + 1));
    expect(denialOf("members.manage", stale, nowMs)).toBe("role");
  });
});

describe("a refusal", () => {
  it.each([
    ["keys.manage", actorOf("owner", viaOf("session", freshMs + 1)), "sign_in_again", "two hours"],
    ["keys.manage", actorOf("owner", viaOf("secret_key")), "forbidden", "Sign in, in person"],
    ["videos.list", actorOf("owner", viaOf("embed_key")), "forbidden", "An embed key"],
    ["billing.manage", actorOf("creator", viaOf("session")), "forbidden", "the tenant's owners"],
    ["service.operate", actorOf("owner", viaOf("session")), "forbidden", "operate the service"],
  ] as const)("of %s says what would help", (permission, actor, code, words) => {
    const clock = { now: () => nowMs };
    try {
      requirePermission(clock, actor, permission);
      expect.unreachable("it was let in");
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      expect(error.code).toBe(code);
      expect(error.detail).toContain(words);
    }
  });

  it("is not given to whoever may", () => {
    requirePermission({ now: () => nowMs }, actorOf("owner", viaOf("session")), "keys.manage");
  });
});
