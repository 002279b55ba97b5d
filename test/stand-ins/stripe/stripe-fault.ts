export type FaultType = "invalid_request_error" | "card_error" | "idempotency_error" | "api_error";

type Details = {
  code?: string;
  param?: string;
  declineCode?: string;
  charge?: string;
  /** Stripe puts the object a refusal is about beside it. */
  paymentIntent?: unknown;
};

/** A refusal in Stripe's own envelope. */
export class StripeFault extends Error {
  readonly status: number;
  readonly type: FaultType;
  readonly details: Details;

  constructor(status: number, type: FaultType, message: string, details: Details = {}) {
    super(message);
    this.name = "StripeFault";
    this.status = status;
    this.type = type;
    this.details = details;
  }

  toBody(requestId: string): Record<string, unknown> {
    const { code, param, declineCode, charge, paymentIntent } = this.details;
    return {
      error: {
        ...(charge !== undefined && { charge }),
        ...(code !== undefined && {
          code,
          doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}`,
        }),
        ...(declineCode !== undefined && { decline_code: declineCode }),
        message: this.message,
        ...(param !== undefined && { param }),
        ...(paymentIntent !== undefined && { payment_intent: paymentIntent }),
        request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}`,
        type: this.type,
      },
    };
  }
}

export function refuse(message: string, details: Details = {}): never {
  throw new StripeFault(400, "invalid_request_error", message, details);
}

/** What an id that names nothing gets: 404 in an address, 400 in a parameter. */
export function missing(kind: string, id: string, param: string): never {
  throw new StripeFault(param === "id" ? 404 : 400, "invalid_request_error", `No such ${kind}: '${id}'`, {
    code: "resource_missing",
    param,
  });
}
