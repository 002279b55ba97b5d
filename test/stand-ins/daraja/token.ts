import { type Answer, type IncomingRequest, json } from "./answers.ts";
import { refuse } from "./refusals.ts";
import type { DarajaWorld } from "./world.ts";

const lifeSeconds = 3599;

export function issueToken(world: DarajaWorld, request: IncomingRequest): Answer {
  const { consumerKey, consumerSecret, voidsFormerToken } = world.options;
  const expected = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString("base64")}`;
  if (request.headers.get("Authorization") !== expected) return refuse(world, "400.008.01");
  if (new URL(request.url).searchParams.get("grant_type") !== "client_credentials") return refuse(world, "400.008.02");
  if (voidsFormerToken !== false) world.tokens.clear();
  const token = world.ids.token();
  world.tokens.set(token, world.now() + lifeSeconds * 1000);
  return json({ access_token: token, expires_in: String(lifeSeconds) });
}

/** The refusal of a call without a token that counts; null when it has one. */
export function refuseToken(world: DarajaWorld, request: IncomingRequest): Answer | null {
  const token = /^Bearer (\S+)$/.exec(request.headers.get("Authorization") ?? "")?.[1];
  if (token === undefined) return refuse(world, "404.001.04");
  const endsMs = world.tokens.get(token);
  return endsMs !== undefined && world.now() < endsMs ? null : refuse(world, "404.001.03");
}
