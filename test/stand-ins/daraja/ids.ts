import { createHash } from "node:crypto";
import { eatTimestamp } from "./eat-time.ts";

const receiptSpace = 36 ** 6;
/** Without a common factor with 36, so that no two counts give the same receipt. */
const receiptStride = 1_327_217_885;

/** Every id a stand-in makes: the same seed makes the same ids in the same order. */
export class Ids {
  readonly #seed: string;
  readonly #suffix: string;
  readonly #receiptPrefix: string;
  #count = 0;
  #receipts = 0;

  constructor(seed: string) {
    this.#seed = seed;
    this.#suffix = String(Number.parseInt(this.#digest("suffix").slice(0, 8), 16) % 1000).padStart(3, "0");
    const number = Number.parseInt(this.#digest("receipts").slice(0, 8), 16) % 36 ** 3;
    this.#receiptPrefix = `S${number.toString(36).padStart(3, "0")}`;
  }

  /** 10 letters and digits, never the same twice. */
  receipt(): string {
    this.#receipts += 1;
    const tail = (this.#receipts * receiptStride) % receiptSpace;
    return `${this.#receiptPrefix}${tail.toString(36).padStart(6, "0")}`.toUpperCase();
  }

  token(): string {
    return Buffer.from(this.#next("token"), "hex").toString("base64url").replace(/[-_]/g, "x").slice(0, 28);
  }

  checkoutRequestId(nowMs: number): string {
    const stamp = eatTimestamp(nowMs);
    const day = `${stamp.slice(6, 8)}${stamp.slice(4, 6)}${stamp.slice(0, 4)}${stamp.slice(8)}`;
    this.#count += 1;
    return `ws_CO_${day}${this.#suffix}${String(this.#count).padStart(6, "0")}`;
  }

  merchantRequestId(): string {
    const hex = this.#next("merchant");
    return `${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 24)}${this.#count}`;
  }

  requestId(): string {
    const hex = this.#next("request");
    return `${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 22)}${this.#count}`;
  }

  conversationId(nowMs: number): string {
    return `AG_${eatTimestamp(nowMs).slice(0, 8)}_${this.#next("conversation").slice(0, 20)}`;
  }

  originatorConversationId(): string {
    const hex = this.#next("originator");
    return `${Number.parseInt(hex.slice(0, 4), 16)}-${Number.parseInt(hex.slice(4, 11), 16)}-${this.#count}`;
  }

  deliveryId(): string {
    this.#count += 1;
    return `delivery-${this.#count}`;
  }

  #next(kind: string): string {
    this.#count += 1;
    return this.#digest(`${kind}:${this.#count}`);
  }

  #digest(text: string): string {
    return createHash("sha256").update(`${this.#seed}:${text}`).digest("hex");
  }
}
