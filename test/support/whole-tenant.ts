/** A tenant that has some of everything, and all that is stored anywhere, as text. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { imageMade } from "../../src/contract/images.ts";
import { projectAnswer } from "../../src/contract/projects.ts";
import type { CreditLedger } from "../../src/objects/credit-ledger.ts";
import { newMember, type Person } from "./actors.ts";
import { origin, read } from "./api-client.ts";
import { makeAsset, mediaFile } from "./assets.ts";
import { mailVariables } from "./mail-settings.ts";
import { payFor, starterByPhone } from "./payment-rows.ts";
import type { Mailbox } from "./stand-in-mail.ts";
import { type Buyer, connectStripe, ledgerOf, paid, type StripeWorld, subscribed } from "./stripe.ts";
import { submit } from "./videos.ts";

let made = 0;

export type Whole = {
  world: StripeWorld;
  stripeBase: string;
  /** Where their letters arrive. */
  mailBase: string;
  tenant: Buyer;
  member: Person;
  name: string;
  phone: string;
  videoIds: string[];
  subscription: string;
  /** What of them must be nowhere once they are deleted. */
  words: string[];
};

export async function makeWhole(): Promise<Whole> {
  made += 1;
  const mailBase = `http://mail-whole-${made}.test`;
  const world = connectStripe(`whole-${made}`, { ...mailVariables(mailBase), PUBLIC_URL: origin }, true);
  const tenant = await world.buyer();
  const name = `Wangari${made} wa Kibera`;
  const phone = `2547${String(22_000_000 + Math.floor(Math.random() * 9_000_000))}`;
  await env.DB.prepare("UPDATE users SET name = ?, phone = ? WHERE id = ?")
    .bind(name, `+${phone}`, tenant.session.user.id)
    .run();
  await paid(world, tenant);
  await payFor(tenant, { ...starterByPhone, phone, receipt: `REC${phone}` });
  const subscription = await subscribed(world, tenant);
  const videoIds: string[] = [];
  for (let count = 0; count < 2; count += 1) videoIds.push((await submit(tenant, "plain", 1)).id);
  await world.queue.deliverAll();
  read(await tenant.post("/api/images", { prompt: `A portrait of ${name}` }), 201, imageMade);
  await makeAsset(tenant, mediaFile("image/png 640x480", name), `${name}.png`);
  const scenes = [{ text: `Karibu dukani kwa ${name}.` }];
  read(await tenant.post("/api/projects", { title: `Duka la ${name}`, scenes }), 201, projectAnswer);
  const key = await tenant.post("/api/account/api-keys", { name: `Key of ${name}`, kind: "secret" });
  if (key.status !== 201) throw new Error(key.text);
  const owner: Person = { userId: tenant.session.user.id, tenantId: tenant.tenantId, role: "owner", isAdmin: false };
  const member = await newMember(owner, "creator");
  await ledgerOf(tenant.tenantId).drainOutbox();
  const words = [tenant.tenantId, tenant.email, phone, name, tenant.session.user.id];
  return {
    world,
    mailBase,
    stripeBase: `http://stripe-whole-${made}.test`,
    tenant,
    member,
    name,
    phone,
    videoIds,
    subscription,
    words,
  };
}

export async function tableNames(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%' AND name <> 'd1_migrations' ORDER BY name",
  ).all<{ name: string }>();
  return results.map(({ name }) => name);
}

/** The letters that have arrived, oldest first. */
export async function lettersOf({ mailBase }: Whole): Promise<Mailbox["mails"]> {
  const response = await fetch(`${mailBase}/stand-in/mails`);
  return (await response.json<Mailbox>()).mails;
}

/** By the table's name, every row of D1. */
export async function dumpTables(): Promise<Record<string, string>> {
  const names = await tableNames();
  const answers = await env.DB.batch(names.map((name) => env.DB.prepare(`SELECT * FROM "${name}"`)));
  return Object.fromEntries(names.map((name, place) => [name, JSON.stringify(answers[place]?.results)]));
}

/** By its key, every object of R2. */
export async function dumpFiles(prefix = ""): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  let cursor: string | undefined;
  do {
    const page = await env.FILES.list({ prefix, ...(cursor === undefined ? {} : { cursor }) });
    for (const { key } of page.objects) {
      const object = await env.FILES.get(key);
      if (object !== null) files[key] = new Uint8Array(await object.arrayBuffer());
    }
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
  return files;
}

/** Every row of a ledger's own tables. */
export async function dumpLedger(tenantId: string): Promise<string> {
  return runInDurableObject(ledgerOf(tenantId), (_object: CreditLedger, { storage }) => {
    const names = storage.sql
      .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '_cf_%'")
      .toArray();
    return JSON.stringify(names.map(({ name }) => [name, storage.sql.exec(`SELECT * FROM "${name}"`).toArray()]));
  });
}
