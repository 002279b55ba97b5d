import type { z } from "zod";
import type { parameters } from "./parameters.ts";
import type { WebhookEndpoint } from "./wire.ts";
import type { World } from "./world.ts";

type Given = z.output<typeof parameters.webhookEndpointCreate>;

/** Only what the list shows: where the stand-in's letters go is said when it is started. */
export function createWebhookEndpoint(world: World, given: Given): WebhookEndpoint {
  return world.add<WebhookEndpoint>({
    id: world.newId("we"),
    object: "webhook_endpoint",
    api_version: given.api_version ?? null,
    application: null,
    created: world.nowSeconds(),
    description: given.description ?? null,
    enabled_events: given.enabled_events,
    livemode: false,
    metadata: { ...given.metadata },
    status: "enabled",
    url: given.url,
  });
}
