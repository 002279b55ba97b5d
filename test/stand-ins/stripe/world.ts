import type { CardMood, Taken } from "./bodies.ts";
import { Faults } from "./faults.ts";
import { createIds } from "./ids.ts";
import { Mailbox } from "./mailbox.ts";
import { missing } from "./stripe-fault.ts";
import type * as Wire from "./wire.ts";

export const apiVersion = "2026-10-28.endive";

export type WorldOptions = {
  /** Milliseconds; may be moved by its owner. `advance` adds to it. */
  now: () => number;
  secretKey: string;
  /** Two while a secret is being rolled. */
  webhookSecrets: string[];
  /** Where the pages are: what session and portal addresses begin with. */
  origin: string;
  seed?: number;
};

/** A call of the API as the stand-in saw it. */
export type CallSeen = {
  id: string;
  method: string;
  path: string;
  query: string;
  body: string;
  idempotencyKey: string | null;
  /** null: it got no answer. */
  status: number | null;
};

/** What is known of a payment intent beyond what the API shows. */
export type IntentOwner = {
  /** A checkout session's intent is canceled with its session, never by itself. */
  kind: "session" | "invoice" | "none";
  returnUrl: string | null;
  onSucceeded?: () => void;
  onFailed?: () => void;
  onProcessing?: () => void;
  onRequiresAction?: () => void;
};

/** What is known of a session beyond what the API shows. */
export type Basket = {
  lines: Wire.LineItem[];
  paymentIntentData: { metadata: Wire.Metadata; description: string | null; receipt_email: string | null };
  subscriptionData: {
    metadata: Wire.Metadata;
    description: string | null;
    trialEnd: (startSeconds: number) => number | null;
    onMissingCard: "cancel" | "create_invoice" | "pause";
  };
  invoiceMetadata: Wire.Metadata;
  /** What the first try to pay a subscription made. */
  started: { subscription: Wire.Subscription; invoice: Wire.Invoice } | null;
};

/** What is known of a subscription beyond what the API shows. */
export type Billing = {
  /** Of prorations that wait for the next invoice. */
  waitingLines: Wire.InvoiceLine[];
  failsFinalization: boolean;
  hasCard: boolean;
  /** The invoice whose payment decides a pending update. */
  pendingUpdateInvoice: string | null;
};

type Stored = { id: string; object: string; created?: number };
type Due = { ms: number; sequence: number; run: () => void };

/** Everything the stand-in remembers, its clock and its post. What may be done to it stands in the files around. */
export class World {
  readonly options: WorldOptions;
  readonly newId: (prefix: string) => string;
  readonly mailbox: Mailbox;
  readonly faults = new Faults();
  readonly calls: CallSeen[] = [];
  readonly cardMoods = new Map<string, CardMood>();
  readonly owners = new Map<string, IntentOwner>();
  readonly baskets = new Map<string, Basket>();
  readonly billings = new Map<string, Billing>();
  readonly invoiceHooks = new Map<string, { onPaid?: () => void; onFailed?: () => void }>();
  readonly kept = new Map<string, { atMs: number; request: string; status: number; body: string }>();
  areRefundsPending = false;
  settings = {
    retryDays: [3, 5, 7],
    afterRetries: "canceled" as "canceled" | "unpaid" | "past_due",
    taxPercent: 0,
  };
  /** The call that is being answered: what events name as their cause. */
  request: Wire.Event["request"] = { id: null, idempotency_key: null };

  private readonly things = new Map<string, Stored>();
  private readonly byKind = new Map<string, Stored[]>();
  private readonly agenda: Due[] = [];
  private offsetMs = 0;
  private momentMs: number | null = null;
  private sequence = 0;

  constructor(options: WorldOptions) {
    this.options = options;
    this.newId = createIds(options.seed ?? 1);
    this.mailbox = new Mailbox({ secrets: options.webhookSecrets, nowMs: options.now });
  }

  nowMs(): number {
    return this.momentMs ?? this.options.now() + this.offsetMs;
  }

  nowSeconds(): number {
    return Math.floor(this.nowMs() / 1000);
  }

  advance(ms: number): void {
    this.settleDue();
    this.offsetMs += ms;
    this.settleDue();
  }

  /** At this second of Stripe's clock; what runs then must look whether it is still wanted. */
  at(seconds: number, run: () => void): void {
    this.sequence += 1;
    const due = { ms: seconds * 1000, sequence: this.sequence, run };
    const place = this.agenda.findIndex((other) => other.ms > due.ms);
    this.agenda.splice(place === -1 ? this.agenda.length : place, 0, due);
  }

  settleDue(): void {
    if (this.momentMs !== null) return;
    const untilMs = this.nowMs();
    try {
      for (let due = this.agenda[0]; due !== undefined && due.ms <= untilMs; due = this.agenda[0]) {
        this.agenda.shift();
        // Things happen when they were due, not when somebody came to look; never before what happened already.
        this.momentMs = due.ms;
        due.run();
      }
    } finally {
      this.momentMs = null;
    }
  }

  add<Thing extends object>(thing: Thing & Stored): Thing {
    this.things.set(thing.id, thing);
    const shelf = this.byKind.get(thing.object);
    if (shelf === undefined) this.byKind.set(thing.object, [thing]);
    else shelf.push(thing);
    return thing;
  }

  /** Of this kind, newest first. */
  all<Thing>(object: string): Thing[] {
    return [...(this.byKind.get(object) ?? [])].reverse() as Thing[];
  }

  find(id: string): Record<string, unknown> {
    return (this.things.get(id) ?? missing("object", id, "id")) as unknown as Record<string, unknown>;
  }

  has(id: string): boolean {
    return this.things.has(id);
  }

  known<Thing>(object: string, id: string, param: string, words = object): Thing {
    const thing = this.things.get(id);
    if (thing?.object !== object) missing(words, id, param);
    return thing as Thing;
  }

  customer(id: string, param = "id"): Wire.Customer {
    return this.known("customer", id, param);
  }
  product(id: string, param = "id"): Wire.Product {
    return this.known("product", id, param);
  }
  price(id: string, param = "id"): Wire.Price {
    return this.known("price", id, param);
  }
  intent(id: string, param = "id"): Wire.PaymentIntent {
    return this.known("payment_intent", id, param);
  }
  charge(id: string, param = "id"): Wire.Charge {
    return this.known("charge", id, param);
  }
  refund(id: string, param = "id"): Wire.Refund {
    return this.known("refund", id, param);
  }
  dispute(id: string, param = "id"): Wire.Dispute {
    return this.known("dispute", id, param);
  }
  session(id: string, param = "id"): Wire.Session {
    return this.known("checkout.session", id, param, "checkout.session");
  }
  subscription(id: string, param = "id"): Wire.Subscription {
    return this.known("subscription", id, param);
  }
  invoice(id: string, param = "id"): Wire.Invoice {
    return this.known("invoice", id, param);
  }

  owner(intentId: string): IntentOwner {
    return this.owners.get(intentId) ?? { kind: "none", returnUrl: null };
  }
  basket(sessionId: string): Basket {
    return this.baskets.get(sessionId) ?? missing("checkout.session", sessionId, "id");
  }
  billing(subscriptionId: string): Billing {
    return this.billings.get(subscriptionId) ?? missing("subscription", subscriptionId, "id");
  }

  configure({ enabledEvents, ...changes }: Taken<"configure">): World["settings"] {
    if (enabledEvents !== undefined) this.mailbox.enabledEvents = enabledEvents;
    const { retryDays, afterRetries, taxPercent } = this.settings;
    this.settings = {
      retryDays: changes.retryDays ?? retryDays,
      afterRetries: changes.afterRetries ?? afterRetries,
      taxPercent: changes.taxPercent ?? taxPercent,
    };
    return this.settings;
  }

  /** Tells the webhook of a change, with the object as it is now. `before`: the object as it was, for an `.updated`. */
  emit(type: string, thing: object, before?: object): void {
    const object = JSON.parse(JSON.stringify(thing)) as Record<string, unknown>;
    this.mailbox.post(
      {
        id: this.newId("evt"),
        object: "event",
        api_version: apiVersion,
        created: this.nowSeconds(),
        data: { object, ...(before !== undefined && { previous_attributes: changedOf(before, object) }) },
        livemode: false,
        pending_webhooks: 1,
        request: this.request,
        type,
      },
      this.customerOf(object),
    );
  }

  private customerOf(object: Record<string, unknown>): string | null {
    if (object.object === "customer") return String(object.id);
    if (typeof object.customer === "string") return object.customer;
    const { charge, invoice } = object;
    const owner = this.things.get(String(charge ?? invoice)) as { customer?: string | null } | undefined;
    return owner?.customer ?? null;
  }
}

/** A copy of what an object is now, to tell later what changed. */
export function copyOf<Thing extends object>(thing: Thing): Thing {
  return JSON.parse(JSON.stringify(thing)) as Thing;
}

function changedOf(before: object, after: Record<string, unknown>): Record<string, unknown> {
  const was = before as Record<string, unknown>;
  const names = Object.keys({ ...was, ...after });
  const changed = names.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(changed.map((name) => [name, was[name] ?? null]));
}
