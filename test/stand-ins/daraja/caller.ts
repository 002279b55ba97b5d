/** A merchant who does everything right, so that a test can do one thing wrong. */
import { StandInDaraja } from "./daraja.ts";
import { eatDateTime, eatTimestamp } from "./eat-time.ts";
import type { DarajaOptions } from "./world.ts";

export const merchant = {
  consumerKey: "a key",
  consumerSecret: "a secret",
  shortcode: "174379",
  passkey: "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919",
  tillNumber: "600123",
  initiatorName: "testapi",
};
export const origin = "https://daraja.test";
/** 21 November 2026, 22:30 UTC: already the 22nd in Nairobi. */
export const startMs = Date.UTC(2026, 10, 21, 22, 30, 0);
export const usualPhone = "254712345678";
export const callBackUrl = "https://studio.test/hooks/payments/3f9a";

type Send = (request: Request) => Promise<Response>;

export function standIn(options: Partial<DarajaOptions> = {}) {
  const daraja = new StandInDaraja({ ...merchant, origin, now: () => startMs, ...options });
  return {
    daraja,
    caller: new Caller(
      (request) => daraja.fetch(request),
      () => daraja.now(),
    ),
  };
}

export class Caller {
  readonly #send: Send;
  readonly #now: () => number;
  readonly #origin: string;
  #token = "";

  constructor(send: Send, now: () => number, at = origin) {
    this.#send = send;
    this.#now = now;
    this.#origin = at;
  }

  async signIn(): Promise<string> {
    const { body } = await this.token();
    this.#token = String(body.access_token);
    return this.#token;
  }

  token(options: { grant?: string; authorization?: string } = {}) {
    const { consumerKey, consumerSecret } = merchant;
    const basic = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString("base64")}`;
    const { grant = "client_credentials", authorization = basic } = options;
    const headers = { Authorization: authorization };
    return this.call(`/oauth/v1/generate?grant_type=${grant}`, { method: "GET", headers });
  }

  signature(timestamp = eatTimestamp(this.#now())) {
    const { shortcode, passkey } = merchant;
    const Password = Buffer.from(`${shortcode}${passkey}${timestamp}`).toString("base64");
    return { BusinessShortCode: shortcode, Password, Timestamp: timestamp };
  }

  push(fields: Record<string, unknown> = {}, signal?: AbortSignal) {
    const usual = {
      ...this.signature(),
      TransactionType: "CustomerPayBillOnline",
      Amount: 500,
      PartyA: usualPhone,
      PartyB: merchant.shortcode,
      PhoneNumber: usualPhone,
      CallBackURL: callBackUrl,
      AccountReference: "SHUJAA",
      TransactionDesc: "50 credits",
    };
    return this.post("/mpesa/stkpush/v1/processrequest", { ...usual, ...fields }, signal);
  }

  /** The CheckoutRequestID of a push that went well. */
  async prompt(fields: Record<string, unknown> = {}): Promise<string> {
    const { body } = await this.push(fields);
    return String(body.CheckoutRequestID);
  }

  query(checkoutRequestId: string, fields: Record<string, unknown> = {}) {
    const usual = { ...this.signature(), CheckoutRequestID: checkoutRequestId };
    return this.post("/mpesa/stkpushquery/v1/query", { ...usual, ...fields });
  }

  reverse(receipt: string, fields: Record<string, unknown> = {}) {
    return this.post("/mpesa/reversal/v1/request", {
      ...this.#initiator("TransactionReversal"),
      TransactionID: receipt,
      Amount: 500,
      ReceiverParty: merchant.shortcode,
      RecieverIdentifierType: "11",
      ...fields,
    });
  }

  status(fields: Record<string, unknown>) {
    return this.post("/mpesa/transactionstatus/v1/query", {
      ...this.#initiator("TransactionStatusQuery"),
      PartyA: merchant.shortcode,
      IdentifierType: "4",
      ...fields,
    });
  }

  registerPull(fields: Record<string, unknown> = {}) {
    const usual = { RequestType: "Pull", NominatedNumber: usualPhone, CallBackURL: callBackUrl };
    return this.post("/pulltransactions/v1/register", { ShortCode: merchant.shortcode, ...usual, ...fields });
  }

  pull(sinceMs: number, untilMs: number, fields: Record<string, unknown> = {}) {
    return this.post("/pulltransactions/v1/query", {
      ShortCode: merchant.shortcode,
      StartDate: eatDateTime(sinceMs),
      EndDate: eatDateTime(untilMs),
      OffSetValue: "0",
      ...fields,
    });
  }

  registerUrls(fields: Record<string, unknown> = {}) {
    return this.post("/mpesa/c2b/v1/registerurl", {
      ShortCode: merchant.shortcode,
      ResponseType: "Completed",
      ConfirmationURL: "https://studio.test/hooks/confirm",
      ValidationURL: "https://studio.test/hooks/validate",
      ...fields,
    });
  }

  drive(verb: string, body: Record<string, unknown> = {}) {
    return this.call(`/stand-in/${verb}`, { method: "POST", body: JSON.stringify(body) });
  }

  post(path: string, fields: Record<string, unknown>, signal?: AbortSignal) {
    const headers = { Authorization: `Bearer ${this.#token}`, "Content-Type": "application/json" };
    const body = JSON.stringify(fields);
    return this.call(path, { method: "POST", headers, body, ...(signal !== undefined && { signal }) });
  }

  async call(path: string, init: RequestInit) {
    const response = await this.#send(new Request(`${this.#origin}${path}`, init));
    const text = await response.text();
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json") === true && text !== "";
    const body = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>;
    return { status: response.status, text, body };
  }

  #initiator(commandId: string) {
    return {
      Initiator: merchant.initiatorName,
      SecurityCredential: "bm90IGNoZWNrZWQ=",
      CommandID: commandId,
      ResultURL: "https://studio.test/hooks/result",
      QueueTimeOutURL: "https://studio.test/hooks/timeout",
      Remarks: "Refund",
      Occasion: "",
    };
  }
}
