/**
 * Google or GitHub, as far as signing in goes, and stricter than either: exact redirect addresses, PKCE, a code once and for
 * a minute, the client's secret. Who signs in, and what goes wrong, is chosen on the consent page: `POST /consent` takes the
 * query the browser came with, `person` (an id of people.ts, or JSON of another one) and `fault`, or `decision=deny`.
 */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { type Answer, type IncomingRequest, json, text } from "../daraja/answers.ts";
import { type Asked, type Client, Codes, readAsked } from "./codes.ts";
import { consentPage } from "./consent-page.ts";
import { IdTokens } from "./id-tokens.ts";
import { type Fault, faults, type Person, people, slowMs } from "./people.ts";

export type Kind = "google" | "github";
export type OauthOptions = { kind: Kind; now: () => number; origin: string; client: Client };

const person = z.strictObject({
  id: z.string().regex(/^\d+$/),
  name: z.string().nullable(),
  emails: z.array(z.strictObject({ email: z.string(), isVerified: z.boolean() })),
});

const needs = {
  google: { nonce: true, scope: "openid" },
  github: { nonce: false, scope: "user:email" },
} as const;

export class StandInOauth {
  private readonly options: OauthOptions;
  private readonly codes: Codes;
  private readonly idTokens: IdTokens;
  private readonly tokens = new Map<string, { person: Person; fault: Fault }>();
  private areKeysAway = false;

  constructor(options: OauthOptions) {
    this.options = options;
    this.codes = new Codes(options.now);
    this.idTokens = new IdTokens(options.origin, options.now);
  }

  async answer(request: IncomingRequest): Promise<Answer> {
    const url = new URL(request.url);
    const path = url.pathname.slice(new URL(this.options.origin).pathname.replace(/\/$/, "").length);
    switch (`${this.options.kind} ${request.method} ${path}`) {
      case "google GET /o/oauth2/v2/auth":
      case "github GET /login/oauth/authorize":
        return this.ask(url.searchParams);
      case "google POST /consent":
      case "github POST /consent":
        return this.consent(new URLSearchParams(await request.text()));
      case "google POST /token":
        return this.redeem(new URLSearchParams(await request.text()), (error) =>
          json({ error, error_description: "Refused." }, error === "invalid_client" ? 401 : 400),
        );
      case "github POST /login/oauth/access_token":
        return this.redeem(new URLSearchParams(await request.text()), (error) =>
          json({ error: error === "invalid_grant" ? "bad_verification_code" : error, error_description: "Refused." }),
        );
      case "google GET /oauth2/v3/certs":
        return this.areKeysAway ? text("", 503, "text/plain") : json(await this.idTokens.keys());
      case "github GET /api/v3/user":
      case "github GET /api/v3/user/emails":
        return this.tell(request, path.endsWith("/emails"));
      default:
        return json({ message: `Not Found: ${request.method} ${path}` }, 404);
    }
  }

  private ask(query: URLSearchParams): Answer {
    const asked = readAsked(query, this.options.client, needs[this.options.kind]);
    if (typeof asked === "string") return text(asked, 400, "text/plain");
    return text(consentPage(this.options.kind, this.options.origin, query), 200, "text/html; charset=utf-8");
  }

  private consent(form: URLSearchParams): Answer {
    const asked = readAsked(
      new URLSearchParams(form.get("query") ?? ""),
      this.options.client,
      needs[this.options.kind],
    );
    if (typeof asked === "string") return text(asked, 400, "text/plain");
    if (form.get("decision") === "deny") return sendBack(asked, { error: "access_denied" });
    const fault = faults.find((one) => one === (form.get("fault") ?? "none"));
    const chosen = personOf(form.get("person") ?? "");
    if (fault === undefined || chosen === null) return text("There is no such person or fault.", 400, "text/plain");
    const issuer = this.options.kind === "google" ? this.options.origin : `${this.options.origin}/login/oauth`;
    const iss = fault === "other_issuer_in_address" ? "https://accounts.example.com" : issuer;
    return sendBack(asked, { code: this.codes.give({ asked, person: chosen, fault }), iss });
  }

  private async redeem(form: URLSearchParams, refuse: (error: string) => Answer): Promise<Answer> {
    const grant = this.codes.redeem(form, this.options.client);
    if (typeof grant === "string") return refuse(grant);
    const { fault } = grant;
    if (fault === "slow") await new Promise((resolve) => setTimeout(resolve, slowMs).unref());
    if (fault === "server_error") return text("<h1>Server Error</h1>", 503, "text/html");
    if (fault === "garbage") return text("<html>", 200, "text/html");
    if (fault === "invalid_grant" || fault === "invalid_client") return refuse(fault);
    this.areKeysAway = fault === "keys_away";
    const token = `token-${randomBytes(16).toString("hex")}`;
    this.tokens.set(token, grant);
    const isTelling = this.options.kind === "google" && fault !== "no_id_token";
    return json({
      access_token: token,
      token_type: "bearer",
      scope: grant.asked.scopes.join(this.options.kind === "github" ? "," : " "),
      ...(isTelling ? { id_token: await this.idTokens.issue(grant), expires_in: 3599 } : {}),
    });
  }

  private tell({ headers }: IncomingRequest, isAboutEmails: boolean): Answer {
    const grant = this.tokens.get((headers.get("Authorization") ?? "").replace(/^Bearer /, ""));
    if (grant === undefined) return json({ message: "Bad credentials" }, 401);
    if ((headers.get("User-Agent") ?? "") === "") return json({ message: "Request forbidden: no User-Agent" }, 403);
    if (grant.fault === "api_away") return json({ message: "Server Error" }, 502);
    const { id, name, emails } = grant.person;
    if (!isAboutEmails) return json({ id: Number(id), login: `user-${id}`, name, email: emails[0]?.email ?? null });
    if (grant.fault === "api_forbidden") return json({ message: "Resource not accessible by integration" }, 403);
    // GitHub lists them in no order that means anything.
    const listed = emails.map(({ email, isVerified }, place) => ({
      email,
      primary: place === 0,
      verified: isVerified,
      visibility: place === 0 ? "private" : null,
    }));
    return json(listed.reverse());
  }
}

function sendBack({ redirectUri, state }: Asked, fields: Record<string, string>): Answer {
  const url = new URL(redirectUri);
  url.search = new URLSearchParams({ ...fields, state }).toString();
  return { ...text("", 302, "text/plain"), headers: { Location: url.href } };
}

function personOf(given: string): Person | null {
  if (!given.startsWith("{")) return people.find(({ id }) => id === given) ?? null;
  return person.parse(JSON.parse(given));
}
