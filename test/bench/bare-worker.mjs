// The floor of the submit path: the platform calls that a submit cannot do without, and nothing around them.
import { DurableObject } from "cloudflare:workers";

export class Ledger extends DurableObject {
  constructor(state, env) {
    super(state, env);
    state.storage.sql.exec("CREATE TABLE IF NOT EXISTS entries (id TEXT PRIMARY KEY, amount INTEGER NOT NULL)");
  }
  hold(id) {
    this.ctx.storage.transactionSync(() => {
      this.ctx.storage.sql.exec("INSERT INTO entries (id, amount) VALUES (?, -1)", id);
    });
    return { ok: true };
  }
}

export default {
  async fetch(request, env) {
    if (new URL(request.url).pathname === "/empty") return Response.json({ ok: true });
    const body = await request.json();
    const id = crypto.randomUUID();
    await env.DB.prepare("SELECT name FROM sqlite_master LIMIT 1").first();
    await env.LEDGER.get(env.LEDGER.idFromName("one")).hold(id);
    await env.DB.batch([env.DB.prepare("INSERT INTO videos (id, body) VALUES (?, ?)").bind(id, JSON.stringify(body))]);
    await env.QUEUE.send({ id });
    return Response.json({ id }, { status: 202 });
  },
};
