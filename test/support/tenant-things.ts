/** A tenant that has one of everything, so that another can be given its ids wherever an id is taken. */
import { env } from "cloudflare:workers";
import { imageMade } from "../../src/contract/images.ts";
import { intentAnswer } from "../../src/contract/payments.ts";
import { projectAnswer } from "../../src/contract/projects.ts";
import { tenantTables } from "../../src/core/privacy/tenant-tables.ts";
import { makeId, makeKey, newMember, openSession, type Person } from "./actors.ts";
import { read, signUp, type Tenant } from "./api-client.ts";
import { makeAsset, mediaFile } from "./assets.ts";
import { payFor, starterByPhone, writePayment } from "./payment-rows.ts";
import { makeVideo, setPlan, tenantIdOf } from "./videos.ts";

export type Things = {
  tenant: Tenant;
  person: Person;
  /** By the prefix of the id: one thing of each kind. */
  ids: Record<string, string>;
  /** What else names something of theirs, by the name of the field that takes it. */
  named: Record<string, string>;
  /** The asset that is a sound; the one in `ids` is a picture. */
  soundId: string;
  invitationToken: string;
  /** Words that stand in what they have made and nowhere else. */
  words: string[];
};

let made = 0;

export async function makeThings(): Promise<Things> {
  made += 1;
  const word = `Zawadi${made}${Math.random().toString(36).slice(2, 8)}`;
  const tenant = await signUp();
  const tenantId = await tenantIdOf(tenant);
  const person: Person = { userId: tenant.session.user.id, tenantId, role: "owner", isAdmin: false };
  await setPlan(tenant, "premium");
  const payment = await payFor(tenant, { credits: 2000 });
  const order = read(await tenant.post("/api/payments/create-intent", { package_id: "starter" }), 201, intentAnswer);
  const prompt = await writePayment(tenant, {
    ...starterByPhone,
    phone: `2547${String(10_000_000 + Math.floor(Math.random() * 89_999_999))}`,
    checkoutRequestId: `ws_CO_${word}`,
  });
  const scenes = [{ text: `Karibu dukani kwa ${word}.` }];
  const [project, image, picture, sound, video, member] = await Promise.all([
    tenant.post("/api/projects", { title: `Duka la ${word}`, scenes }),
    tenant.post("/api/images", { prompt: `A fishing boat of ${word}` }),
    makeAsset(tenant, mediaFile("image/png 640x480", word), `${word}.png`),
    makeAsset(tenant, mediaFile("audio/mpeg 4", word), `${word}.mp3`),
    makeVideo(tenant, `plain ${word}`, 1),
    newMember(person, "creator"),
  ]);
  const [key, session] = await Promise.all([makeKey(person, "secret"), openSession(person)]);
  const invitationToken = crypto.randomUUID();
  const invitation = makeId("invitation");
  const exported = makeId("export");
  const nowMs = Date.now();
  await env.DB.batch([
    env.DB.prepare(
      "INSERT INTO invitations (id, tenant_id, email, role, token_hash, invited_by, created_at_ms, expires_at_ms) VALUES (?, ?, ?, 'creator', ?, ?, ?, ?)",
    ).bind(
      invitation,
      tenantId,
      `${word.toLowerCase()}@example.com`,
      await sha256(invitationToken),
      person.userId,
      nowMs,
      nowMs + 86_400_000,
    ),
    env.DB.prepare(
      "INSERT INTO data_exports (id, tenant_id, user_id, status, created_at_ms, lease_until_ms) VALUES (?, ?, ?, 'running', ?, ?)",
    ).bind(exported, tenantId, person.userId, nowMs, nowMs + 3_600_000),
  ]);
  const statement = JSON.parse((await tenant.get("/api/credits/statement?limit=1")).text);
  const soundId = sound.id;
  return {
    tenant,
    person,
    soundId,
    invitationToken,
    words: [word, tenant.email],
    ids: {
      usr: member.userId,
      ten: tenantId,
      ses: session.sessionId,
      vid: video.id,
      prj: read(project, 201, projectAnswer).id,
      pay: payment.id,
      ast: picture.id,
      img: read(image, 201, imageMade).id,
      key: key.keyId,
      inv: invitation,
      exp: exported,
    },
    named: {
      payment_intent_id: order.payment_intent_id,
      checkout_request_id: prompt.checkoutRequestId ?? "",
      known_hash: statement.head.hash,
    },
  };
}

export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Every row of a tenant, its audit log among them, and its ledger: as text, by table. */
export async function readTenant(tenantId: string): Promise<Record<string, string>> {
  const tables = [...tenantTables, { table: "audit_log", where: "tenant_id = ?1" }];
  const rows = await env.DB.batch(
    tables.map(({ table, where }) => env.DB.prepare(`SELECT * FROM "${table}" WHERE ${where}`).bind(tenantId)),
  );
  const state: Record<string, string> = {};
  tables.forEach(({ table }, place) => {
    state[table] = JSON.stringify(rows[place]?.results);
  });
  const ledger = env.CREDIT_LEDGER.get(env.CREDIT_LEDGER.idFromName(tenantId));
  const { head } = await ledger.readStatement({ afterSequence: 0, limit: 1 });
  state.ledger = JSON.stringify([head, await ledger.readBalance()]);
  const { objects } = await env.FILES.list({ prefix: `tenants/${tenantId}/` });
  state.files = JSON.stringify(objects.map(({ key, etag }) => [key, etag]));
  return state;
}
