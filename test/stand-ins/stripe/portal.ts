import type { Parsed } from "./parameters.ts";
import type { PortalSession } from "./wire.ts";
import type { World } from "./world.ts";

export function openPortal(world: World, given: Parsed<"portalCreate">): PortalSession {
  const customer = world.customer(given.customer, "customer");
  const id = world.newId("bps");
  return world.add<PortalSession>({
    id,
    object: "billing_portal.session",
    configuration: "bpc_stand_in",
    created: world.nowSeconds(),
    customer: customer.id,
    customer_account: null,
    flow: null,
    livemode: false,
    locale: given.locale ?? null,
    on_behalf_of: null,
    return_url: given.return_url ?? null,
    url: `${world.options.origin}/p/session/${id}`,
  });
}
