import type { Log } from "../../core/deps.ts";
import type { PhonePayments } from "../../core/payments/phones/phone-payments.ts";
import type { Env } from "../../env.ts";
import type { DarajaAccount } from "./account.ts";
import { askStatus } from "./ask-status.ts";
import type { DarajaParts } from "./client.ts";
import { isSafaricom } from "./known-senders.ts";
import { pullPayments } from "./pull-payments.ts";
import { pushPrompt } from "./push-prompt.ts";
import { queryPush } from "./query-push.ts";
import { reversePayment } from "./reverse-payment.ts";
import { connectToken } from "./token-source.ts";

const production = "https://api.safaricom.co.ke";

const needed = ["MPESA_CONSUMER_KEY", "MPESA_CONSUMER_SECRET", "MPESA_BUSINESS_SHORTCODE", "MPESA_PASSKEY"] as const;

/** null: M-Pesa is not set up here. */
export function createPhones(
  { settings, DARAJA_TOKEN }: Pick<Env, "settings" | "DARAJA_TOKEN">,
  log: Log,
): PhonePayments | null {
  const { MPESA_CONSUMER_KEY: consumerKey, MPESA_CONSUMER_SECRET: consumerSecret } = settings;
  const { MPESA_BUSINESS_SHORTCODE: shortcode, MPESA_PASSKEY: passkey } = settings;
  if (!consumerKey || !consumerSecret || !shortcode || !passkey) {
    const missing = needed.filter((name) => !settings[name]);
    // Half of them is a mistake, and not a choice.
    if (missing.length < needed.length) log.write("error", "mpesa_keys_missing", { missing });
    return null;
  }
  const { MPESA_INITIATOR_NAME: name, MPESA_SECURITY_CREDENTIAL: credential } = settings;
  const base = settings.MPESA_API_BASE.replace(/\/+$/, "");
  const account: DarajaAccount = {
    base,
    shortcode,
    passkey,
    till: settings.MPESA_TILL_NUMBER ?? null,
    initiator: name && credential ? { name, credential } : null,
  };
  return createDarajaPhones(account, {
    fetch: (input, init) => fetch(input, init),
    now: () => Date.now(),
    tokens: connectToken(DARAJA_TOKEN, { base, consumerKey, consumerSecret }),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: () => Math.random(),
    log,
  });
}

export function createDarajaPhones(account: DarajaAccount, parts: DarajaParts): PhonePayments {
  return {
    push: (prompt) => pushPrompt(account, parts, prompt),
    query: (checkoutRequestId) => queryPush(account, parts, checkoutRequestId),
    hasInitiator: account.initiator !== null,
    reverse: (reversal) => reversePayment(account, parts, reversal),
    askStatus: (question) => askStatus(account, parts, question),
    isOurs: (party) => party === account.shortcode || party === account.till,
    pull: (fromMs, toMs) => pullPayments(account, parts, fromMs, toMs),
    // The sandbox and stand-ins call from wherever they are.
    isKnownSender: (address) => account.base !== production || isSafaricom(address),
  };
}
