import { type Answer, json } from "./answers.ts";
import { type Fields, field, firstWrong, isCallbackUrl } from "./fields.ts";
import { refuse, refuseField } from "./refusals.ts";
import type { DarajaWorld } from "./world.ts";

/** Once: whoever wants other addresses must have the first ones deleted by Safaricom. */
export function registerUrls(world: DarajaWorld, fields: Fields): Answer {
  const wrong = firstWrong([
    ["ShortCode", field(fields, "ShortCode") === world.options.shortcode],
    ["ResponseType", ["Completed", "Cancelled"].includes(field(fields, "ResponseType"))],
    ["ConfirmationURL", isCallbackUrl(world, field(fields, "ConfirmationURL"))],
    ["ValidationURL", isCallbackUrl(world, field(fields, "ValidationURL"))],
  ]);
  if (wrong !== null) return refuseField(world, wrong);
  if (world.registration !== null) return refuse(world, "500.003.1001", "URLs are already registered");
  world.registration = {
    confirmationUrl: field(fields, "ConfirmationURL"),
    validationUrl: field(fields, "ValidationURL"),
    responseType: field(fields, "ResponseType"),
  };
  return json({
    // Spelt so.
    OriginatorCoversationID: world.ids.originatorConversationId(),
    ResponseCode: "0",
    ResponseDescription: "success",
  });
}
