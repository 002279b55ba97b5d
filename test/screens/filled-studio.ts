/** The product with stand-ins for its payment providers, and accounts whose studio has something of everything in it. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "../../src/cli/processes.ts";
import { getTemplate } from "../../src/core/templates/list-templates.ts";
import { serve as serveDaraja } from "../stand-ins/daraja/serve.ts";
import { serve as serveStripe } from "../stand-ins/stripe/serve.ts";
import { Account, type Answer, call } from "../support/account.ts";
import { darajaKeys, paymentVariables, stripeKeys } from "../support/payment-settings.ts";
import { removeState, startProduct } from "../support/product.ts";

export const password = "a long enough password";
export const owner = "amina@sokostories.example";
export const operator = "operator@sokostories.example";
const creator = "juma@sokostories.example";
/** Has made nothing yet. */
export const newcomer = "wambui@sokostories.example";

export type FilledStudio = {
  url: string;
  /** By name: those of `films`. */
  videoIds: Record<string, string>;
  projectId: string;
  /** Good on this very service's pages. */
  embedKey: string;
  /** With its query: they are signed. */
  receiptPath: string;
  invitationPath: string;
  close(): Promise<void>;
};

/** Where they signed up, as their list of sessions names it. */
const phoneBrowser =
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36";

type Film = { name: string; body: object };

/** A template filled in with its own examples. */
function filled(template: string, lang: "en" | "sw", options: object): Film {
  const values = Object.fromEntries(getTemplate(template).values.map(({ name, example }) => [name, example[lang]]));
  return { name: template, body: { template, values, lang, draft: true, ...options } };
}

/** The first of them is shown large, and so is no draft. */
const films: Film[] = [
  {
    name: "prompt",
    body: {
      prompt: "A young Kenyan entrepreneur builds an AI startup in Nairobi",
      ...{ scenes: 3, aspect: "16:9", image_style: "papercut", resolution: "720p", music: "bright" },
    },
  },
  filled("proverb", "sw", { aspect: "9:16", image_style: "print" }),
  filled("product", "en", { aspect: "1:1", image_style: "flat" }),
  filled("lesson", "sw", { aspect: "16:9", image_style: "sketch" }),
];

const projectScenes = [
  {
    text: "Mama Otieno opens her stall before the sun is up.",
    image: { prompt: "A woman opens a market stall at dawn" },
  },
  { text: "By eight, the whole street smells of chapati.", motion: "zoom_in" },
  { text: "Her customers pay by phone, and the line keeps moving." },
];

export async function fillStudio(): Promise<FilledStudio> {
  const port = await findFreePort("127.0.0.1");
  const stateDir = await mkdtemp(join(tmpdir(), "shujaa-screens-"));
  const stripe = await serveStripe({
    port: 0,
    secretKey: stripeKeys.secretKey,
    webhookSecrets: [stripeKeys.webhookSecret],
    webhookUrl: `http://127.0.0.1:${port}/api/payments/webhook`,
    mode: "automatic",
  });
  const daraja = await serveDaraja({ port: 0, ...darajaKeys });
  const variables = { ...paymentVariables(stripe.origin, daraja.origin), ADMIN_EMAILS: operator };
  const product = await startProduct({ stateDir, port, variables });
  const close = async () => {
    await product.stop();
    await stripe.close();
    await daraja.close();
    await removeState(stateDir);
  };
  try {
    const { url } = product;
    await signUp(url, operator, "Operator");
    const amina = await signUp(url, owner, "Amina Wanjiru", "+254712345678");
    const juma = await signUp(url, creator, "Juma Otieno");
    await signUp(url, newcomer, "Wambui");

    made(await amina.send("PATCH", "/api/account/tenant", { name: "Soko Stories" }), 200);
    const pay = async (path: string, order: object, phone: string, outcome: "paid" | "cancelled") => {
      const { payment_id } = made(await amina.send("POST", path, { ...order, phone_number: phone }), 202);
      daraja.daraja.decide(phone, outcome);
      await ended(amina, String(payment_id));
    };
    await pay("/api/payments/mpesa", { package_id: "pro" }, "254712345678", "paid");
    await pay("/api/payments/mpesa", { package_id: "starter" }, "254712345678", "cancelled");
    await pay("/api/billing/mpesa", { plan: "pro" }, "254712345678", "paid");
    const card = made(await amina.send("POST", "/api/payments/create-intent", { package_id: "starter" }), 201);
    stripe.standIn.payIntent({ paymentIntent: String(card.payment_intent_id) });
    await ended(amina, String(card.payment_id));
    const { body: paid } = await amina.send("GET", `/api/payments/${String(card.payment_id)}`);
    const { receipt_url: receiptUrl } = (paid.payment ?? paid) as { receipt_url: string };

    const videoIds: Record<string, string> = {};
    for (const { name, body } of films)
      videoIds[name] = String(made(await amina.send("POST", "/api/videos", body), 202).id);
    const scenes = projectScenes;
    const options = { aspect: "9:16", image_style: "papercut", draft: true };
    const project = made(
      await amina.send("POST", "/api/projects", { title: "Mama Otieno's chapati", scenes, options }),
      201,
    );
    made(await amina.send("POST", "/api/projects", { title: "Safari ya samaki", scenes: scenes.slice(0, 1) }), 201);

    made(await amina.send("POST", "/api/account/api-keys", { name: "Shop's server", kind: "secret" }), 201);
    const origins = ["https://www.sokostories.example", url];
    const key = made(
      await amina.send("POST", "/api/account/api-keys", { name: "Shop's pages", kind: "embed", origins }),
      201,
    );
    const { invitation_link: link } = made(
      await amina.send("POST", "/api/account/invitations", { email: creator, role: "creator" }),
      201,
    );
    const token = new URL(String(link)).searchParams.get("token");
    made(await juma.send("POST", "/api/account/invitations/accept", { token }), 200);
    const invited = made(
      await amina.send("POST", "/api/account/invitations", { email: "njeri@sokostories.example", role: "owner" }),
      201,
    );

    for (const id of Object.values(videoIds)) await amina.waitFor(id);
    const { body: render } = await amina.send("POST", `/api/projects/${String(project.id)}/render`, {});
    await amina.waitFor(String(render.id));
    return {
      ...{ url, videoIds, projectId: String(project.id), embedKey: String(key.api_key), close },
      receiptPath: pathOf(receiptUrl, url),
      invitationPath: pathOf(String(invited.invitation_link), url),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function pathOf(link: string, url: string): string {
  const { pathname, search } = new URL(link, url);
  return pathname + search;
}

async function signUp(url: string, email: string, name: string, phone?: string): Promise<Account> {
  const body = { email, password, name, ...(phone === undefined ? {} : { phone }) };
  const headers = { "User-Agent": phoneBrowser };
  const answer = await call(url, "POST", "/api/auth/signup", { body, headers });
  return new Account(url, String(made(answer, 201).access_token));
}

function made({ status, body }: Answer, wanted: number): Answer["body"] {
  if (status !== wanted) throw new Error(`${status} instead of ${wanted}: ${JSON.stringify(body)}`);
  return body;
}

async function ended(account: Account, paymentId: string): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    const { body } = await account.send("GET", `/api/payments/${paymentId}`);
    const { status } = (body.payment ?? body) as { status: string };
    if (status !== "pending") return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error(`payment ${paymentId} does not end`);
}
