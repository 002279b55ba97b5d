/** A tenant with one of everything, and a credential of each kind; what a case uses up is made anew. */
import { env } from "cloudflare:workers";
import { makeKey, newMember, newOwner, openSession, type Person, revive } from "../../support/actors.ts";
import { origin } from "../../support/api-client.ts";
import { makeThings, type Things } from "../../support/tenant-things.ts";
import type { Plan } from "./request-plan.ts";

export type World = { things: Things; creator: Person; operator: Person };

/** Most are somebody who may: what is refused at the door is soon told. */
export function callersOf(path: string): readonly string[] {
  return path.startsWith("/api/admin/")
    ? [...callers, "operator", "operator", "operator", "operator", "operator"]
    : callers;
}

const callers = [
  "owner",
  "owner",
  "owner",
  "owner",
  "operator",
  "creator",
  "secret key",
  "embed key",
  "nobody",
  "garbage",
] as const;

export async function makeWorld(): Promise<World> {
  issued.clear();
  const things = await makeThings();
  const [creator, operator] = await Promise.all([newMember(things.person, "creator"), operatorOf()]);
  return { things, creator, operator };
}

let known: Person | undefined;
/** There is one address of an operator in these tests, and so one of them. */
async function operatorOf(): Promise<Person> {
  known ??= await newOwner("operator@example.com");
  await revive(known);
  return known;
}

const issued = new Map<string, Promise<Record<string, string>>>();

/** Used until a case may have ended it. */
function credentialOf(caller: string, world: World): Promise<Record<string, string>> {
  const there = issued.get(caller) ?? issueTo(caller, world);
  issued.set(caller, there);
  return there;
}

async function issueTo(caller: string, { things, creator, operator }: World): Promise<Record<string, string>> {
  switch (caller) {
    case "owner":
      return (await openSession(things.person)).headers;
    case "operator":
      return (await openSession(operator)).headers;
    case "creator":
      return (await openSession(creator)).headers;
    case "secret key":
      return (await makeKey(things.person, "secret")).headers;
    case "embed key":
      return (await makeKey(things.person, "embed")).headers;
    case "garbage":
      return { Authorization: "Bearer eyJhbGciOiJub25lIn0.e30." };
    default:
      return {};
  }
}

let addresses = 0;

/** The request of the plan, from an address of its own; null: no client can send it. */
export async function requestOf(plan: Plan, world: World): Promise<Request> {
  const fill = (text: string) => filled(text, world.things);
  addresses += 1;
  const headers = new Headers({
    "CF-Connecting-IP": `2001:db8:${(addresses >> 16).toString(16)}:${(addresses & 0xffff).toString(16)}::1`,
    ...(await credentialOf(plan.caller, world)),
  });
  if (plan.contentType !== null) headers.set("Content-Type", plan.contentType);
  for (const [name, value] of plan.headers) headers.set(name, value);
  const query = plan.query.map(([name, value]) => `${encode(fill(name))}=${encode(fill(value))}`).join("&");
  const body = bodyOf(plan, fill);
  return new Request(`${origin}${fill(plan.path)}${query === "" ? "" : `?${query}`}`, {
    method: plan.method,
    redirect: "manual",
    headers,
    ...(body === null || plan.method === "GET" || plan.method === "get" || plan.method === "HEAD" ? {} : { body }),
  });
}

function bodyOf({ content }: Plan, fill: (text: string) => string): BodyInit | null {
  if (content.kind === "none") return null;
  if (content.kind === "json") return new TextEncoder().encode(fill(JSON.stringify(content.value) ?? ""));
  return Uint8Array.from(fill(content.bytes), (character) => character.charCodeAt(0));
}

const encode = (text: string) => encodeURIComponent(text.toWellFormed());

function filled(text: string, { ids, named, invitationToken }: Things): string {
  const names: Record<string, string> = { ...named, ...ids, token: invitationToken };
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => names[name] ?? whole);
}

/** Whoever a case has shut out may come in again, with what they need for the next. */
export async function mend({ things, creator, operator }: World): Promise<void> {
  issued.clear();
  await Promise.all([revive(things.person), revive(creator), revive(operator)]);
}

/** Their video is gone, as it is when they have deleted it or their account: there is more to be seen in another world. */
export async function isSpent({ things: { ids } }: World): Promise<boolean> {
  const query = env.DB.prepare("SELECT 1 AS there FROM videos WHERE id = ? AND deleted_at_ms IS NULL").bind(
    ids.vid ?? "",
  );
  return (await query.first("there")) === null;
}

/** What repeats the request against `npm start`, once the placeholders in it are ids of one's own. */
export function curlOf(plan: Plan): string {
  const quote = (text: string) => `$'${[...Buffer.from(text, "utf8")].map(shellByte).join("")}'`;
  const query = plan.query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
  const headers = [
    ...plan.headers,
    ...(plan.contentType === null ? [] : [["Content-Type", plan.contentType] as const]),
  ];
  return [
    `curl -i --globoff --path-as-is -X ${plan.method}`,
    ...(plan.caller === "nobody"
      ? []
      : [`-H "Authorization: Bearer $TOKEN_OF_${plan.caller.replace(" ", "_").toUpperCase()}"`]),
    ...headers.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...curlBody(plan, quote),
    quote(`http://localhost:8787${plan.path}${query === "" ? "" : `?${query}`}`),
  ].join(" ");
}

function curlBody({ content }: Plan, quote: (text: string) => string): string[] {
  if (content.kind === "none") return [];
  if (content.kind === "json") return [`--data-binary ${quote(JSON.stringify(content.value) ?? "")}`];
  return [`--data-binary $'${[...Buffer.from(content.bytes, "latin1")].map(shellByte).join("")}'`];
}

function shellByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[\w ./:;,{}[\]"?&=%@+-]/.test(character) ? character : `\\x${byte.toString(16).padStart(2, "0")}`;
}
