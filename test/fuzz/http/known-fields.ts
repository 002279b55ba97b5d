/** Values that mean something to the service and that no schema tells, by the name of the field or parameter that takes them. */
import { password } from "../../support/api-client.ts";
import { namedBy, thingOf } from "../schema-values.ts";

export const knownFields: Readonly<Record<string, string[]>> = {
  email: ["somebody@example.com", "user1@example.com", "Ünï@example.com", "a@b"],
  password: [password, "short", "a long enough password"],
  current_password: [password, "another password"],
  phone: ["+254712345678", "0712345678", "+1", "254712345678"],
  phone_number: ["254712345678", "0712345678", "+254112345678"],
  package_id: ["starter", "creator", "nothing"],
  payment_intent_id: [namedBy("payment_intent_id"), "pi_unknown"],
  checkout_request_id: [namedBy("checkout_request_id"), "ws_CO_unknown"],
  known_hash: [namedBy("known_hash"), "0".repeat(64)],
  token: [namedBy("token"), "0".repeat(43), "x"],
  provider: ["google", "github", "nobody"],
  secret: ["daraja", "wrong", "a secret of nobody"],
  template: ["product", "news", "nothing"],
  night: ["2026-11-25", "2026-11-24", "yesterday"],
  file: ["vid_00000000000000000000000000.mp4", "nothing"],
  origins: ["https://shop.example", "http://localhost:3000", "*", "https://xn--80ak6aa92e.com"],
  lang: ["en", "sw", "xx"],
  return_to: ["/", "//evil.example", "https://evil.example", "/videos?x=1"],
  cursor: ["", "eyJhIjoxfQ", "bnVsbA", "0"],
  expires: ["1", "9999999999", "x"],
  signature: ["0".repeat(64), "x"],
  confirm: ["delete", "DELETE", "no"],
};

const scenes = [{ text: "Karibu dukani kwetu." }];

/** Bodies that are let in, of operations whose schemas leave too much open to be met by chance; by their name. */
export const examples: Readonly<Record<string, Record<string, unknown>>> = {
  createVideo: { scenes },
  generateVideo: { prompt: "A market at dawn" },
  quoteVideo: { prompt: "A market at dawn", scenes: 2 },
  createVideoBatch: { videos: [{ scenes }, { script: "One sentence. And another." }] },
  createProject: { title: "Duka", scenes },
  updateProject: { title: "Duka la pili", scenes: [{ text: "Habari.", image: thingOf("ast") }] },
  makeAspects: { aspects: ["1:1"] },
  createApiKey: { name: "Program", kind: "secret" },
  createPaymentIntent: { package_id: "starter" },
  createStripeCheckout: { package_id: "starter" },
  createCheckout: { plan: "premium" },
  payByPhone: { package_id: "starter", phone_number: "254712345678" },
  payPlanByPhone: { plan: "premium", phone_number: "254712345678" },
  astellaPurchaseCredits: { package_id: "starter", phone_number: "254712345678" },
  adminAdjustCredits: { credits: 1, reason: "A gift" },
};
