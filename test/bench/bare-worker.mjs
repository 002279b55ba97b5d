// The floor of a submit and of a balance read: the platform calls that each makes, in the product's own order and number
// (counting-worker.mjs counts both), and nothing around them.
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
  readBalance() {
    return this.ctx.storage.sql.exec("SELECT amount FROM entries LIMIT 1").toArray();
  }
}

export class RateWindow extends DurableObject {
  #taken = 0;
  take() {
    this.#taken += 1;
    return { isAllowed: true, taken: this.#taken };
  }
}

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname === "/empty") return Response.json({ ok: true });
    if (pathname === "/balance") {
      await guard(env);
      return Response.json(await ledgerOf(env).readBalance());
    }
    const body = await request.json();
    const id = crypto.randomUUID();
    await guard(env);
    await ledgerOf(env).hold(id);
    await env.DB.batch([
      env.DB.prepare("INSERT INTO videos (id, body) VALUES (?, ?)").bind(id, JSON.stringify(body)),
      env.DB.prepare("INSERT INTO audit_log (id, target) VALUES (?, ?)").bind(crypto.randomUUID(), id),
    ]);
    await env.QUEUE.send({ id });
    return Response.json({ id }, { status: 202 });
  },
};

/** Who asks, while they are counted. */
async function guard(env) {
  await Promise.all([env.DB.prepare("SELECT * FROM sessions WHERE id = ?").bind("one").first(), count(env)]);
}

async function count(env) {
  await env.RATE_LIMIT_USER.limit({ key: "one" });
  await env.RATE_WINDOW.get(env.RATE_WINDOW.idFromName("one")).take();
}

function ledgerOf(env) {
  return env.LEDGER.get(env.LEDGER.idFromName("one"));
}
