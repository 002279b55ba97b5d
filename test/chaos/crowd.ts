/** The customers of a run: there is always work while faults are waiting for some, and money on its way beside it. */
import { terminalStatuses } from "../../src/contract/render-events.ts";
import type { Chance } from "../simulation/money/chance.ts";
import { buyByCard, buyByPhone, buyPlan } from "./buyers.ts";
import type { ChaosWorld } from "./chaos-world.ts";
import { Customer, type Order } from "./customer.ts";

/** As many videos wait or are made at a time, so that no fault has to wait for one. */
const openVideos = 4;
const newCustomersOfARound = 2;
const lookEveryMs = 700;
/** The longest way to rest: three tries with dead leases between them, then a settlement that the cron finds. */
const restLimitMs = 240_000;
const cancelledShare = 0.12;

const sentences = [
  "Amina sells maize in Nakuru.",
  "The bus to Kisumu leaves at seven.",
  "Rain fell on Eldoret all night.",
  "Baraka mends phones by the market.",
  "Every shilling is counted twice.",
];

type Json = Record<string, unknown>;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export class Crowd {
  readonly customers: Customer[] = [];
  readonly #world: ChaosWorld;
  readonly #chance: Chance;
  #orders = 0;

  constructor(world: ChaosWorld, chance: Chance) {
    this.#world = world;
    this.#chance = chance;
  }

  /** New customers come, order and buy until `until` has ended. Throws what it throws, and what they do. */
  async work(until: () => Promise<void>): Promise<void> {
    await this.#welcome();
    let isOver = false;
    const done = until().finally(() => {
      isOver = true;
    });
    const orders = this.#keepOrdering(() => isOver);
    const purchases = this.#buy();
    await Promise.all([done, orders, purchases]);
  }

  /** Until nothing moves any more. Throws when it never does. */
  async settle(): Promise<void> {
    for (const untilMs = Date.now() + restLimitMs; ; await pause(lookEveryMs)) {
      if ((await this.moving()).length === 0) return;
      if (Date.now() > untilMs) throw new Error("never at rest");
    }
  }

  /** What has not come to rest, in words. */
  async moving(): Promise<string[]> {
    return (await Promise.all(this.customers.map((customer) => stillMoving(customer)))).flat();
  }

  async outcomes(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const customer of this.customers) {
      for (const { status, error } of await customer.listVideos()) {
        const name = status === "failed" ? String((error as Json).code) : String(status);
        counts[name] = (counts[name] ?? 0) + 1;
      }
    }
    return counts;
  }

  async orderInPeace(): Promise<Json> {
    const customer = await Customer.signUp(this.#world.url, "the last one");
    const order = this.#newOrder();
    await customer.orderVideo(order);
    return customer.account.waitFor(String(customer.videos.get(order.key)));
  }

  async #welcome(): Promise<void> {
    const isFirst = this.customers.length === 0;
    for (let count = isFirst ? 0 : 1; count < newCustomersOfARound; count += 1) await this.#signUp();
    const [first] = this.customers;
    if (isFirst && first !== undefined) await buyPlan(this.#world, first, this.#chance);
  }

  async #signUp(): Promise<Customer> {
    const customer = await Customer.signUp(this.#world.url, `customer ${this.customers.length + 1}`);
    this.customers.push(customer);
    return customer;
  }

  async #keepOrdering(isOver: () => boolean): Promise<void> {
    const refused = new Set<Customer>();
    while (!isOver()) {
      if ((await this.#countOpen()) >= openVideos) {
        await pause(lookEveryMs);
        continue;
      }
      const able = this.customers.filter((customer) => !refused.has(customer));
      const customer = this.#chance.pickOrNull(able) ?? (await this.#signUp());
      const order = this.#newOrder();
      if (await customer.orderVideo(order)) await this.#perhapsCancel(customer, order);
      else refused.add(customer);
    }
  }

  async #perhapsCancel(customer: Customer, { key }: Order): Promise<void> {
    if (!this.#chance.is(cancelledShare)) return;
    const id = String(customer.videos.get(key));
    this.#world.journal.note(`${customer.name} cancels ${id}`);
    await customer.insist("POST", `/api/videos/${id}/cancel`);
  }

  async #countOpen(): Promise<number> {
    const lists = await Promise.all(this.customers.map((customer) => customer.listVideos()));
    return lists.flat().filter(isOpen).length;
  }

  async #buy(): Promise<void> {
    const chance = this.#chance;
    await pause(chance.between(0, 4_000));
    const buyer = chance.pick(this.customers);
    await buyByCard(this.#world, buyer, chance);
    await pause(chance.between(0, 6_000));
    await buyByPhone(this.#world, chance.pick(this.customers), chance);
  }

  #newOrder(): Order {
    const chance = this.#chance;
    this.#orders += 1;
    // Some say what was said before, so that artefacts are there already; most do not.
    const number = chance.is(0.2) ? "" : ` Number ${this.#orders}.`;
    const scenes = Array.from({ length: chance.between(1, 2) }, () => ({ text: chance.pick(sentences) + number }));
    const body = { scenes, draft: true, fps: 24, vertical: chance.is(0.5), music: chance.pick(["none", "calm"]) };
    return { key: `chaos-${this.#orders}`, body };
  }
}

const isOpen = ({ status }: Json) => !(terminalStatuses as readonly string[]).includes(String(status));

async function stillMoving(customer: Customer): Promise<string[]> {
  const videos = (await customer.listVideos()).filter(isOpen);
  const payments = await Promise.all(
    [...customer.payments].map(async (id) => (await customer.insist("GET", `/api/payments/${id}`)).body),
  );
  const { held } = await customer.account.balance();
  return [
    ...videos.map(({ id, status }) => `${customer.name}'s ${id} is ${status}`),
    ...payments.filter(({ status }) => status === "pending").map(({ id }) => `${customer.name}'s ${id} is pending`),
    ...(held === 0 ? [] : [`${customer.name} has ${held} credits held`]),
  ];
}
