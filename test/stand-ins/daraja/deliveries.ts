import type { DarajaWorld, Delivery } from "./world.ts";

export type NewDelivery = Omit<Delivery, "id" | "dueMs"> & { dueMs?: number };

export function queueDelivery(world: DarajaWorld, delivery: NewDelivery): Delivery {
  const queued = { dueMs: world.now(), ...delivery, id: world.ids.deliveryId() };
  world.deliveries.push(queued);
  return queued;
}
