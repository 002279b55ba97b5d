/**
 * `npm run dev:payments`: the product against stand-ins for Stripe, M-Pesa, Google and GitHub, so that a developer without
 * a key can walk the whole way of a payment (order by the API, then press «pay», «decline» or «dispute» on a page) or of a
 * sign-in. Takes what `npm start`
 * takes; its state is apart from that of `npm start`.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { readLocalSettings, root } from "../../src/cli/local-settings.ts";
import { waitForPort } from "../../src/cli/processes.ts";
import { callbackUri, oauthClients, oauthVariables } from "../support/oauth-settings.ts";
import { darajaKeys, paymentVariables, stripeKeys } from "../support/payment-settings.ts";
import { serve as serveDaraja } from "./daraja/serve.ts";
import { serve as serveOauth } from "./oauth/serve.ts";
import { serve as serveStripe } from "./stripe/serve.ts";

const stripePort = Number(process.env.STRIPE_PORT ?? 8790);
const darajaPort = Number(process.env.DARAJA_PORT ?? 8791);
const oauthPort = Number(process.env.OAUTH_PORT ?? 8792);
const operator = "operator@example.com";

const { port } = await readLocalSettings();
for (const one of [port, stripePort, darajaPort, oauthPort]) await waitForPort("127.0.0.1", one);
const productUrl = `http://127.0.0.1:${port}`;
const stripe = await serveStripe({
  port: stripePort,
  secretKey: stripeKeys.secretKey,
  webhookSecrets: [stripeKeys.webhookSecret],
  webhookUrl: `${productUrl}/api/payments/webhook`,
  mode: "automatic",
});
const { consumerKey, consumerSecret, shortcode, passkey, initiatorName } = darajaKeys;
const daraja = await serveDaraja({
  port: darajaPort,
  consumerKey,
  consumerSecret,
  shortcode,
  passkey,
  initiatorName,
});
const oauth = await serveOauth({
  port: oauthPort,
  clients: {
    google: { ...oauthClients.google, redirectUris: [callbackUri(productUrl, "google")] },
    github: { ...oauthClients.github, redirectUris: [callbackUri(productUrl, "github")] },
  },
});

const product = spawn(process.execPath, [join(root, "src/cli/start.ts")], {
  stdio: ["ignore", "pipe", "inherit"],
  env: {
    STATE_DIR: join(root, ".wrangler/payments"),
    ADMIN_EMAILS: operator,
    ...process.env,
    ...paymentVariables(stripe.origin, daraja.origin),
    ...oauthVariables(`${oauth.origin}/google`, `${oauth.origin}/github`),
  },
});
product.stdout.on("data", (chunk: Buffer) => {
  process.stdout.write(chunk);
  if (!chunk.toString().includes("ready ")) return;
  console.log(
    [
      `cards    ${stripe.origin}   pay, decline, refund, dispute; renew subscriptions; move the clock`,
      `phones   ${daraja.origin}   enter the PIN, or a wrong one, cancel, ignore; lose or repeat callbacks`,
      `sign-in  ${productUrl}/api/auth/oauth/google/start   or github: choose who signs in, and what goes wrong`,
      `operator ${operator}       sign this address up, and it may use /api/admin`,
    ].join("\n"),
  );
});
product.on("exit", (code) => process.exit(code ?? 1));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => product.kill(signal));
