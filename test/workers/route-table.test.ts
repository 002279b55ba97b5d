import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { imageMade } from "../../src/contract/images.ts";
import { projectAnswer } from "../../src/contract/projects.ts";
import { videoAccepted } from "../../src/contract/videos.ts";
import { newClient, newEmail, password, read, readProblem, signUp, type Tenant } from "../support/api-client.ts";
import { makeAsset, mediaFile, uploadRaw } from "../support/assets.ts";
import { holdQueue } from "../support/held-queue.ts";
import { newPhone } from "../support/mpesa.ts";
import { payByCard, signUpOperator, starterByPhone, writePayment, writeStray } from "../support/payment-rows.ts";
import { declaredBy, isForAdmins, isGuarded, named, operationOf, type Route, served } from "../support/route-table.ts";
import { bodyOf, readMoney, submit, tenantIdOf, untilStatus } from "../support/videos.ts";

const concrete = (path: string) =>
  path.replace(/:file\{.*\}/, "vid_00000000000000000000000000.mp4").replace(":id", "vid_00000000000000000000000000");

describe("the route table", () => {
  it("has the routes of the contract", () => {
    expect(named.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        "GET /api/health",
        "POST /api/auth/signup",
        "POST /api/videos",
        "GET /api/videos/:id/events",
        "GET /api/credits/transactions",
        "POST /generate-video",
        "GET /openapi.json",
      ]),
    );
  });

  it.each(named)("%s declares one operation, before anything that looks at the request", (_name, { handlers }) => {
    const places = handlers.flatMap((handler, place) => (declaredBy(handler) === undefined ? [] : [place]));
    expect(places).toEqual([0]);
  });

  it("gives each operation a name of its own", () => {
    const ids = served.map((route) => operationOf(route).id);
    expect(ids).toEqual([...new Set(ids)]);
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z0-9]+$/);
  });
});

describe("who may not come in", () => {
  const guarded = named.filter(([, route]) => isGuarded(operationOf(route)));

  it.each(guarded)("%s refuses whoever is nobody, before it looks at what they sent", async (_name, route) => {
    const path = concrete(route.path);
    const body = route.method === "GET" ? {} : { body: "{ this is no JSON" };
    const credentials: Record<string, string>[] = [
      {},
      { Authorization: "Bearer nonsense" },
      { Authorization: "Bearer" },
      { Authorization: "Basic YTpi" },
    ];
    for (const headers of credentials) {
      const reply = await newClient().call(route.method, `${path}?nonsense=1`, { ...body, headers });
      readProblem(reply, "unauthenticated");
      const challenge = reply.headers.get("WWW-Authenticate");
      expect(challenge).toBe(
        "Authorization" in headers ? 'Bearer realm="shujaa", error="invalid_token"' : 'Bearer realm="shujaa"',
      );
    }
  });

  it("every path of something of somebody's is for a user or for who holds its link", () => {
    const open = served.filter((route) => operationOf(route).permission === null).map(({ path }) => path);
    // Those of M-Pesa's callbacks are a secret each: they answer everybody the same. So is a deletion's receipt.
    expect(open.filter((path) => path.includes(":") && !path.endsWith("/:secret"))).toEqual([
      "/api/auth/oauth/:provider/start",
      "/api/auth/oauth/:provider/callback",
      "/api/account/deletions/:id",
      "/api/templates/:name",
    ]);
  });
});

describe("what is somebody else's is not there", () => {
  const readable = ["videos", "images", "assets", "projects", "payments"] as const;
  const kinds = [
    ...readable,
    "account/members",
    "account/invitations",
    "account/api-keys",
    "account/exports",
    "auth/sessions",
  ] as const;
  const ids: Partial<Record<(typeof kinds)[number], string>> = {};
  let amina: Tenant;
  let juma: Tenant;
  const owned = named.flatMap(([name, route]) => {
    const kind = kinds.find((one) => route.path.includes(`/${one}/:id`));
    // Operators see everybody's; whom they keep out is asked in admin.test.ts.
    return kind === undefined || isForAdmins(route) ? [] : [[name, route, kind] as const];
  });
  // Valid, so that it is not for its body that a request is refused.
  const bodies: Record<string, object> = {
    "POST /api/videos/:id/aspects": { aspects: ["1:1"] },
    "PATCH /api/projects/:id": { title: "Mine" },
    "PATCH /api/account/members/:id": { role: "creator" },
  };

  beforeAll(async () => {
    [amina, juma] = await Promise.all([signUp(), signUp()]);
    const scenes = [{ text: "Karibu dukani kwetu." }];
    ids.projects = read(await amina.post("/api/projects", { title: "Duka", scenes }), 201, projectAnswer).id;
    ids.assets = (await makeAsset(amina)).id;
    ids.images = read(await amina.post("/api/images", { prompt: "A fishing boat" }), 201, imageMade).id;
    ids.payments = (await writePayment(amina)).id;
    ids["account/members"] = amina.session.user.id;
    const invited = await amina.post("/api/account/invitations", { email: newEmail(), role: "creator" });
    ids["account/invitations"] = JSON.parse(invited.text).id;
    const made = await amina.post("/api/account/api-keys", { name: "Shop", kind: "secret" });
    ids["account/api-keys"] = JSON.parse(made.text).id;
    ids["account/exports"] = JSON.parse((await amina.post("/api/account/export")).text).export_id;
    ids["auth/sessions"] = JSON.parse((await amina.get("/api/auth/sessions")).text).data[0].id;
    ids.videos = (await submit(amina, "plain", 1)).id;
    await untilStatus(amina, ids.videos, "succeeded");
  });

  it("on any route that names a thing", () => {
    const namesOne = (route: Route) => route.path.includes("/:id") && operationOf(route).permission !== null;
    expect(owned.length).toBe(named.filter(([, route]) => namesOne(route) && !isForAdmins(route)).length);
    expect(owned.length).toBeGreaterThan(20);
  });

  it.each(owned)("%s", async (name, route, kind) => {
    const path = route.path.replace(":id", ids[kind] ?? "");
    const json = bodies[name] ?? {};
    readProblem(await juma.call(route.method, path, route.method === "GET" ? {} : { json }), "not_found");
  });

  it("and is still its owner's afterwards, who has paid for nothing more", async () => {
    for (const kind of readable) expect((await amina.get(`/api/${kind}/${ids[kind]}`)).status).toBe(200);
    expect(await readMoney(amina)).toMatchObject({ balance: 4, held: 0 });
    expect(await readMoney(juma)).toMatchObject({ balance: 10, held: 0 });
  });
});

describe("every change leaves a row in the audit log", () => {
  type Change = { action: string; run: (amina: Tenant) => Promise<{ status: number }> };
  const makesNothing = ["POST /api/videos/quote", "POST /api/credits/calculate-cost", "POST /mpesa/status"];
  const makeImage = (amina: Tenant, path = "/api/images") => amina.post(path, { prompt: "A fishing boat" });
  const project = { title: "Duka letu", scenes: [{ text: "Karibu dukani kwetu." }] };
  const projectOf = async (amina: Tenant) => {
    const { id } = read(await amina.post("/api/projects", project), 201, projectAnswer);
    return `/api/projects/${id}`;
  };
  const finished = async (amina: Tenant, options: object) => {
    const { id } = read(await amina.post("/api/videos", { ...bodyOf("plain", 1), ...options }), 202, videoAccepted);
    await untilStatus(amina, id, "succeeded");
    return id;
  };
  const operate = async ({ session }: Tenant, what: string, body: object) =>
    (await signUpOperator()).post(`/api/admin/users/${session.user.id}/${what}`, body);
  const account = () => ({ email: newEmail(), password });
  const invite = (amina: Tenant, email = newEmail()) =>
    amina.post("/api/account/invitations", { email, role: "creator" });
  const tokenFor = async (amina: Tenant, juma: Tenant) =>
    new URL(JSON.parse((await invite(amina, juma.email)).text).invitation_link).searchParams.get("token");
  const joined = async (amina: Tenant) => {
    const juma = await signUp();
    await juma.post("/api/account/invitations/accept", { token: await tokenFor(amina, juma) });
    return juma;
  };
  const keyOf = async (amina: Tenant): Promise<string> =>
    JSON.parse((await amina.post("/api/account/api-keys", { name: "Shop", kind: "secret" })).text).id;
  /** What providers tell is stored; the row is written when it is worked on, and found to change something. */
  const heard = [
    "POST /api/payments/webhook",
    "POST /api/stripe/webhook",
    "POST /api/payments/phone/callback/:secret",
    "POST /api/payments/mpesa/callback/:secret",
    "POST /api/payments/phone/status/:secret",
    "POST /api/payments/phone/reversal/:secret",
    "POST /api/payments/mpesa/reversal/:secret",
  ];
  const atStripe = (verb: string, given: object) =>
    fetch(`http://stripe.test/stand-in/${verb}`, { method: "POST", body: JSON.stringify(given) });
  const orderByCard = (amina: Tenant) => amina.post("/api/payments/create-intent", { package_id: "starter" });
  const payByCardAtStripe = async (amina: Tenant) => {
    const { payment_intent_id: paymentIntent } = JSON.parse((await orderByCard(amina)).text);
    await atStripe("pay-intent", { paymentIntent });
    return { payment_intent_id: paymentIntent };
  };
  const subscribeByCard = async (amina: Tenant) => {
    const { session_id: session } = JSON.parse((await amina.post("/api/billing/checkout", { plan: "pro" })).text);
    await atStripe("pay-session", { session });
    await amina.get(`/billing/return?session_id=${session}`);
  };
  const byLink = async (amina: Tenant, ask: string, use: string, more: object = {}) => {
    const { token } = await linkFor(amina, ask);
    return use.startsWith("/api/")
      ? amina.post(use, { token, ...more })
      : newClient().call("POST", use, {
          body: new URLSearchParams({ token, ...more }).toString(),
          headers: urlEncoded,
        });
  };
  const linkFor = async (amina: Tenant, ask: string) => {
    const body = ask.endsWith("/proof/request") ? {} : { email: amina.email };
    const answer = JSON.parse((await amina.post(`/api/auth/${ask}`, body)).text) as Record<string, string>;
    const link = answer.magic_link ?? answer.reset_link ?? answer.proof_link ?? "";
    return { token: new URL(link).searchParams.get("token") ?? "" };
  };
  const urlEncoded = { "Content-Type": "application/x-www-form-urlencoded" };
  const [signIn, forgot, proof] = ["magic-link/request", "password/forgot", "email/proof/request"] as const;
  const mailedLinks: Record<string, Change> = {
    "POST /api/auth/magic-link/request": {
      action: "link.request",
      run: ({ email }) => newClient().post(`/api/auth/${signIn}`, { email }),
    },
    "POST /api/auth/magic-link/verify": {
      action: "account.log_in",
      run: (amina) => byLink(amina, signIn, "/api/auth/magic-link/verify"),
    },
    "POST /auth/magic": { action: "account.log_in", run: (amina) => byLink(amina, signIn, "/auth/magic") },
    "POST /api/auth/password/forgot": {
      action: "link.request",
      run: ({ email }) => newClient().post(`/api/auth/${forgot}`, { email }),
    },
    "POST /api/auth/password/reset": {
      action: "password.set",
      run: (amina) => byLink(amina, forgot, "/api/auth/password/reset", { password: `${password} 2` }),
    },
    "POST /auth/reset": {
      action: "password.set",
      run: (amina) => byLink(amina, forgot, "/auth/reset", { password: `${password} 2` }),
    },
    "POST /api/auth/email/proof": {
      action: "account.email_proven",
      run: (amina) => byLink(amina, proof, "/api/auth/email/proof"),
    },
    "POST /auth/proof": {
      action: "account.email_proven",
      run: (amina) => byLink(amina, proof, "/auth/proof", { confirm: "yes" }),
    },
    "POST /api/auth/email/proof/request": {
      action: "link.request",
      run: (amina) => amina.post(`/api/auth/${proof}`),
    },
  };
  const changes: Record<string, Change> = {
    "POST /api/auth/signup": {
      action: "account.sign_up",
      run: () => newClient().post("/api/auth/signup", account()),
    },
    "POST /register": { action: "account.sign_up", run: () => newClient().post("/register", account()) },
    "POST /api/auth/login": {
      action: "account.log_in",
      run: ({ email }) => newClient().post("/api/auth/login", { email, password }),
    },
    "POST /login": { action: "account.log_in", run: ({ email }) => newClient().post("/login", { email, password }) },
    ...mailedLinks,
    "POST /api/auth/logout": { action: "account.log_out", run: (amina) => amina.post("/api/auth/logout") },
    "POST /api/auth/refresh": {
      action: "session.refresh",
      run: async ({ email }) => {
        const visitor = newClient();
        const { headers } = await visitor.post("/api/auth/login", { email, password });
        return visitor.post("/api/auth/refresh", undefined, {
          Cookie: (headers.get("Set-Cookie") ?? "").split(";")[0] ?? "",
        });
      },
    },
    "DELETE /api/auth/sessions/:id": {
      action: "session.end",
      run: async (amina) => {
        const { data } = JSON.parse((await amina.get("/api/auth/sessions")).text);
        return amina.call("DELETE", `/api/auth/sessions/${data[0].id}`);
      },
    },
    "DELETE /api/auth/sessions": {
      action: "session.end_others",
      run: (amina) => amina.call("DELETE", "/api/auth/sessions"),
    },
    "POST /api/auth/reauthenticate": {
      action: "session.reauthenticate",
      run: (amina) => amina.post("/api/auth/reauthenticate", { password }),
    },
    "POST /api/auth/password/change": {
      action: "password.set",
      run: (amina) =>
        amina.post("/api/auth/password/change", { current_password: password, password: "a new one of the tests" }),
    },
    "DELETE /api/auth/identities/:provider": {
      action: "account.unlink",
      run: async (amina) => {
        await env.DB.prepare("INSERT INTO identities VALUES ('google', ?1, ?1, ?2, 1, 1)")
          .bind(amina.session.user.id, amina.email)
          .run();
        return amina.call("DELETE", "/api/auth/identities/google");
      },
    },
    "POST /api/videos": { action: "video.submit", run: (amina) => amina.post("/api/videos", bodyOf("plain", 1)) },
    "POST /api/generate-video": {
      action: "video.submit",
      run: (amina) => amina.post("/api/generate-video", bodyOf("plain", 1)),
    },
    "POST /generate-video": {
      action: "video.submit",
      run: (amina) => amina.withToken(amina.token).post("/generate-video", bodyOf("plain", 1)),
    },
    "POST /api/assets": { action: "asset.upload", run: (amina) => uploadRaw(amina, mediaFile()) },
    "DELETE /api/assets/:id": {
      action: "asset.delete",
      run: async (amina) => amina.call("DELETE", `/api/assets/${(await makeAsset(amina)).id}`),
    },
    "POST /api/images": { action: "image.create", run: (amina) => makeImage(amina) },
    "POST /api/generate-image": { action: "image.create", run: (amina) => makeImage(amina, "/api/generate-image") },
    "DELETE /api/images/:id": {
      action: "image.delete",
      run: async (amina) => amina.call("DELETE", `/api/images/${JSON.parse((await makeImage(amina)).text).id}`),
    },
    "POST /api/videos/batch": {
      action: "video.submit",
      run: (amina) => amina.post("/api/videos/batch", { videos: [bodyOf("plain", 1)] }),
    },
    "POST /api/videos/:id/retry": {
      action: "video.retry",
      run: async (amina) => {
        const { id } = await submit(amina, "fail:encode_failed", 1);
        await untilStatus(amina, id, "failed");
        return amina.post(`/api/videos/${id}/retry`);
      },
    },
    "POST /api/videos/:id/promote": {
      action: "video.promote",
      run: async (amina) => amina.post(`/api/videos/${await finished(amina, { draft: true })}/promote`, {}),
    },
    "POST /api/videos/:id/aspects": {
      action: "video.aspect",
      run: async (amina) => amina.post(`/api/videos/${await finished(amina, {})}/aspects`, { aspects: ["1:1"] }),
    },
    "POST /api/account/export": { action: "account.export", run: (amina) => amina.post("/api/account/export") },
    "POST /api/account/delete": {
      action: "account.delete",
      run: (amina) => amina.post("/api/account/delete", { confirm: amina.email }),
    },
    "POST /api/projects": { action: "project.create", run: (amina) => amina.post("/api/projects", project) },
    "PATCH /api/projects/:id": {
      action: "project.update",
      run: async (amina) => amina.call("PATCH", await projectOf(amina), { json: { title: "Another" } }),
    },
    "DELETE /api/projects/:id": {
      action: "project.delete",
      run: async (amina) => amina.call("DELETE", await projectOf(amina)),
    },
    "POST /api/projects/:id/render": {
      action: "video.submit",
      run: async (amina) => amina.post(`${await projectOf(amina)}/render`, {}),
    },
    "POST /api/v1/projects/:id/render/stitch": {
      action: "video.submit",
      run: async (amina) => amina.post(`${(await projectOf(amina)).replace("/api/", "/api/v1/")}/render/stitch`, {}),
    },
    "POST /api/admin/users/:id/credits": {
      action: "credits.adjusted",
      run: (amina) => operate(amina, "credits", { amount: 5, reason: "for the trouble" }),
    },
    "POST /api/admin/users/:id/waive": {
      action: "credits.waived",
      run: (amina) => operate(amina, "waive", { reason: "for the trouble" }),
    },
    "POST /api/admin/users/:id/plan": {
      action: "plan.given",
      run: (amina) => operate(amina, "plan", { plan: "pro", reason: "for the trouble" }),
    },
    "POST /api/admin/payments/:id/resolve": {
      action: "payment.resolved",
      run: async (amina) => {
        const { id } = await writePayment(amina, { attention: "the amounts differ" });
        return (await signUpOperator()).post(`/api/admin/payments/${id}/resolve`, { note: "asked the payer" });
      },
    },
    "POST /api/admin/payments/:id/refund": {
      action: "payment.refund",
      run: async (amina) => {
        const id = await payByCard(amina);
        return (await signUpOperator()).post(`/api/admin/payments/${id}/refund`, { reason: "for the trouble" });
      },
    },
    "POST /api/admin/stray-receipts/:receipt/credit": {
      action: "receipt.credit",
      run: async (amina) => {
        const { id: payment_id, createdAtMs } = await writePayment(amina, { ...starterByPhone, state: "expired" });
        const receipt = await writeStray(createdAtMs);
        const body = { payment_id, payer_phone: starterByPhone.phone, reason: "the payer showed it" };
        return (await signUpOperator()).post(`/api/admin/stray-receipts/${receipt}/credit`, body);
      },
    },
    "POST /api/admin/stray-receipts/:receipt/settle": {
      action: "receipt.settle",
      run: async () => {
        const receipt = await writeStray(Date.now());
        const body = { reason: "sent back at the portal" };
        return (await signUpOperator()).post(`/api/admin/stray-receipts/${receipt}/settle`, body);
      },
    },
    "POST /api/admin/backups": {
      action: "backup.start",
      run: async () => (await signUpOperator()).post("/api/admin/backups"),
    },
    "POST /api/admin/backups/:night/restore": {
      action: "backup.restore",
      run: async () => {
        const night = "2031-01-01";
        const file = `{"version":1,"night":"${night}","tenant_id":null,"made_at":"${night}T01:00:00.000Z","parts":[\n{"end":true}]}\n`;
        const packed = new Response(new Blob([file]).stream().pipeThrough(new CompressionStream("gzip")));
        await env.FILES.put(`backups/${night}/service.json.gz`, await packed.arrayBuffer());
        return (await signUpOperator()).post(`/api/admin/backups/${night}/restore`, {});
      },
    },
    "POST /api/payments/mpesa": {
      action: "payment.start",
      run: (amina) => amina.post("/api/payments/mpesa", { amount: 25, phone_number: newPhone() }),
    },
    "POST /api/billing/mpesa": {
      action: "payment.start",
      run: (amina) => amina.post("/api/billing/mpesa", { plan: "pro", phone_number: newPhone() }),
    },
    "POST /api/payments/create-intent": { action: "payment.start", run: (amina) => orderByCard(amina) },
    "POST /api/payments/confirm": {
      action: "payment.paid",
      run: async (amina) => amina.post("/api/payments/confirm", await payByCardAtStripe(amina)),
    },
    "POST /stripe/confirm": {
      action: "payment.paid",
      run: async (amina) => amina.post("/stripe/confirm", await payByCardAtStripe(amina)),
    },
    "POST /purchase-credits": {
      action: "payment.start",
      run: (amina) => amina.post("/purchase-credits", { amount: 10, payment_method: "stripe" }),
    },
    "POST /api/billing/checkout": {
      action: "payment.start",
      run: (amina) => amina.post("/api/billing/checkout", { package_id: "starter" }),
    },
    "POST /api/stripe/checkout": {
      action: "plan.checkout",
      run: (amina) => amina.post("/api/stripe/checkout", { plan: "pro" }),
    },
    "POST /api/billing/portal": { action: "billing.portal", run: (amina) => amina.post("/api/billing/portal") },
    "POST /api/billing/cancel": {
      action: "plan.cancel",
      run: async (amina) => {
        await subscribeByCard(amina);
        return amina.post("/api/billing/cancel");
      },
    },
    "POST /api/billing/change": {
      action: "plan.change",
      run: async (amina) => {
        await subscribeByCard(amina);
        return amina.post("/api/billing/change", { plan: "premium" });
      },
    },
    "POST /api/videos/:id/cancel": {
      action: "video.cancel",
      run: async (amina) => amina.post(`/api/videos/${(await submit(amina, "plain", 1)).id}/cancel`),
    },
    "POST /api/account/invitations": { action: "member.invite", run: (amina) => invite(amina) },
    "DELETE /api/account/invitations/:id": {
      action: "member.revoke_invitation",
      run: async (amina) =>
        amina.call("DELETE", `/api/account/invitations/${JSON.parse((await invite(amina)).text).id}`),
    },
    "POST /api/account/invitations/accept": {
      action: "member.join",
      run: async (amina) => {
        const juma = await signUp();
        return juma.post("/api/account/invitations/accept", { token: await tokenFor(amina, juma) });
      },
    },
    "PATCH /api/account/members/:id": {
      action: "member.role",
      run: async (amina) => {
        const { id } = (await joined(amina)).session.user;
        return amina.call("PATCH", `/api/account/members/${id}`, { json: { role: "owner" } });
      },
    },
    "DELETE /api/account/members/:id": {
      action: "member.remove",
      run: async (amina) => amina.call("DELETE", `/api/account/members/${(await joined(amina)).session.user.id}`),
    },
    "POST /api/account/leave": {
      action: "member.leave",
      run: async (amina) => {
        const juma = await joined(amina);
        await juma.post("/api/auth/tenant", { tenant_id: await tenantIdOf(amina) });
        return juma.post("/api/account/leave");
      },
    },
    "POST /api/auth/tenant": {
      action: "session.switch_tenant",
      run: async (amina) => (await joined(amina)).post("/api/auth/tenant", { tenant_id: await tenantIdOf(amina) }),
    },
    "PATCH /api/account/profile": {
      action: "account.update",
      run: (amina) => amina.call("PATCH", "/api/account/profile", { json: { name: "Amina" } }),
    },
    "PATCH /api/account/tenant": {
      action: "tenant.update",
      run: (amina) => amina.call("PATCH", "/api/account/tenant", { json: { name: "Duka letu" } }),
    },
    "POST /api/admin/users/:id/disable": {
      action: "account.disable",
      run: (amina) => operate(amina, "disable", { reason: "a stolen card" }),
    },
    "POST /api/admin/users/:id/enable": {
      action: "account.enable",
      run: async (amina) => {
        await operate(amina, "disable", { reason: "a stolen card" });
        return operate(amina, "enable", { reason: "it was not" });
      },
    },
    "POST /api/admin/users/:id/end-sessions": {
      action: "account.end_sessions",
      run: (amina) => operate(amina, "end-sessions", { reason: "a stolen phone" }),
    },
    "POST /api/account/api-keys": {
      action: "key.create",
      run: (amina) => amina.post("/api/account/api-keys", { name: "Shop", kind: "secret" }),
    },
    "POST /api/account/api-keys/:id/rotate": {
      action: "key.rotate",
      run: async (amina) => amina.post(`/api/account/api-keys/${await keyOf(amina)}/rotate`, {}),
    },
    "DELETE /api/account/api-keys/:id": {
      action: "key.revoke",
      run: async (amina) => amina.call("DELETE", `/api/account/api-keys/${await keyOf(amina)}`),
    },
    "POST /api/account/rotate-api-key": {
      action: "key.rotate",
      run: (amina) => amina.post("/api/account/rotate-api-key", {}),
    },
    "DELETE /api/videos/:id": {
      action: "video.delete",
      run: async (amina) => amina.call("DELETE", `/api/videos/${(await submit(amina, "plain", 1)).id}`),
    },
  };

  it("and no route that may change something was forgotten here", () => {
    const changing = named.map(([name]) => name).filter((name) => !name.startsWith("GET "));
    expect([...Object.keys(changes), ...makesNothing, ...heard].sort()).toEqual(changing.sort());
  });

  const countRows = async (action: string) => {
    const query = env.DB.prepare("SELECT count(*) AS rows FROM audit_log WHERE action = ?").bind(action);
    return (await query.first<number>("rows")) ?? 0;
  };

  it.each(Object.entries(changes))("%s", async (name, { action, run }) => {
    // What waits for a render, or begins with a finished one, needs a queue that delivers.
    const isWaiting = /generate-video$|retry|promote|aspects/.test(name) && name !== "POST /api/generate-video";
    const amina = await signUp(isWaiting ? {} : { send: holdQueue().send });
    const before = await countRows(action);
    expect((await run(amina)).status).toBeLessThan(300);
    expect(await countRows(action)).toBe(before + 1);
  });

  it("with who did it, for whom, to what, from where and on which request", async () => {
    const amina = await signUp({ send: holdQueue().send });
    const { id } = await submit(amina, "plain", 1);
    const reply = await amina.post(`/api/videos/${id}/cancel`);
    const row = await env.DB.prepare("SELECT * FROM audit_log WHERE action = 'video.cancel' AND target = ?")
      .bind(id)
      .first();
    expect(row).toMatchObject({
      actor: amina.session.user.id,
      tenant_id: await tenantIdOf(amina),
      address: expect.stringContaining("2001:db8::"),
      request_id: reply.headers.get("X-Request-Id"),
    });
  });
});

describe("/openapi.json", () => {
  type Schema = { [key: string]: unknown };
  type Described = {
    operationId?: string;
    summary?: string;
    tags?: string[];
    security?: unknown[];
    parameters?: { name: string; in: string }[];
    requestBody?: { content: Record<string, { schema: Schema }> };
    responses: Record<string, { description: string; content?: Record<string, { schema?: Schema }> }>;
  };
  type Document = {
    openapi: string;
    info: { title: string; version: string };
    paths: Record<string, Record<string, Described>>;
    components: Record<string, Record<string, unknown>>;
  };
  let document: Document;
  beforeAll(async () => {
    const reply = await newClient().get("/openapi.json");
    expect(reply.headers.get("Content-Type")).toMatch(/^application\/json/);
    document = JSON.parse(reply.text);
  });

  const openApiPath = (path: string) => path.replace(/:(\w+)(\{.*\})?/g, "{$1}");
  const describedAs = (route: Route) => document.paths[openApiPath(route.path)]?.[route.method.toLowerCase()];

  it("is OpenAPI 3.1", () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: "Shujaa Studio", version: expect.any(String) });
  });

  // The document's own path and the pages about it are not part of what it describes.
  const aboutIt = ["GET /openapi.json", "GET /docs", "GET /docs/reference"];
  it.each(named.filter(([name]) => !aboutIt.includes(name)))("tells of %s", (_name, route) => {
    const declared = operationOf(route);
    const described = describedAs(route);
    expect(described).toMatchObject({ operationId: declared.id, summary: declared.summary, tags: [declared.tag] });
    expect(described?.security).toEqual(declared.permission === null ? [] : [{ bearer: [] }]);
    const statuses = Object.keys(described?.responses ?? {});
    expect(statuses).toEqual(expect.arrayContaining([...Object.keys(declared.answers), "500"]));
    if (declared.permission !== null) expect(statuses).toEqual(expect.arrayContaining(["401", "403"]));
    if (declared.isRateLimited !== false) expect(statuses).toContain("429");
    if (declared.isIdempotent === true) {
      expect(described?.parameters).toContainEqual(expect.objectContaining({ name: "Idempotency-Key", in: "header" }));
      expect(statuses).toEqual(expect.arrayContaining(["409", "422"]));
    }
    for (const [, name = ""] of route.path.matchAll(/:(\w+)/g)) {
      expect(described?.parameters?.map((parameter) => parameter.name) ?? []).toContain(name);
    }
  });

  it("names what every operation of its kind may refuse with", () => {
    const namedOf = ({ responses }: Described) =>
      Object.values(responses).flatMap(({ description }) =>
        [...description.matchAll(/`([a-z_]+)`/g)].map(([, code]) => code),
      );
    for (const route of served) {
      const described = describedAs(route);
      const name = `${route.method} ${route.path}`;
      if (described === undefined || aboutIt.includes(name)) continue;
      expect(namedOf(described), name).toEqual(expect.arrayContaining(["origin_not_allowed", "service_unavailable"]));
      if (operationOf(route).isIdempotent === true) expect(namedOf(described), name).toContain("validation_failed");
      const takesJson = Object.keys(described.requestBody?.content ?? {}).join() === "application/json";
      // A webhook's body is signed bytes, whatever it calls itself.
      if (!takesJson || name.endsWith("/webhook")) continue;
      const unreadable = ["malformed_request", "payload_too_large", "unsupported_media_type"];
      expect(namedOf(described), name).toEqual(expect.arrayContaining(unreadable));
    }
  });

  it("describes nothing that is not there", () => {
    const known = new Set(served.map(({ method, path }) => `${method.toLowerCase()} ${openApiPath(path)}`));
    const told = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(told.filter((name) => !known.has(name))).toEqual([]);
  });

  it("has a schema for each JSON answer and body, and every reference leads somewhere", () => {
    const found = (path: string): unknown =>
      path
        .replace(/^#\//, "")
        .split("/")
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
    const references = JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g);
    for (const [, reference = ""] of references) expect(found(reference), reference).toBeDefined();

    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, { requestBody, responses }] of Object.entries(methods)) {
        const contents = [
          ...Object.values(requestBody?.content ?? {}),
          ...Object.values(responses).flatMap(({ content = {} }) =>
            Object.entries(content).flatMap(([type, one]) => (type.includes("json") ? [one] : [])),
          ),
        ];
        for (const { schema } of contents) {
          if (path.endsWith("/words.json") || path.endsWith("/quote")) continue;
          expect(Object.keys(schema ?? {}).length, `${method} ${path}`).toBeGreaterThan(0);
        }
        for (const [status, { description }] of Object.entries(responses)) {
          expect(description, `${method} ${path} ${status}`).not.toBe("");
        }
      }
    }
  });

  it.each(["/docs", "/docs/reference"])("is shown at %s by a page that loads nothing from elsewhere", async (path) => {
    const page = await newClient().get(path);
    expect(page.status).toBe(200);
    expect(page.headers.get("Content-Type")).toMatch(/^text\/html/);
    expect(page.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    expect(page.text).not.toMatch(/(src|href)="https?:/);
  });
});

describe("/api/health", () => {
  it("names each part, and that it is up", async () => {
    const reply = await newClient().get("/api/health");
    expect(reply.status).toBe(200);
    const ok = { status: "ok" };
    expect(JSON.parse(reply.text)).toEqual({
      status: "ok",
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      checks: { database: ok, ledger: ok, storage: ok, renderer: ok },
    });
  });
});
