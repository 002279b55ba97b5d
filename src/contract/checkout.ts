import { z } from "zod";
import { told } from "./field-codes.ts";
import { idSchema } from "./ids.ts";
import { amountInCents, packageName } from "./payments.ts";

/** The plans that have a price and can be bought by whoever wants them. */
const planForSale = z.enum(["pro", "premium"], "a plan that is for sale: pro or premium");

export const checkoutBody = z
  .strictObject({
    plan: planForSale.optional(),
    package_id: packageName.optional(),
    amount: amountInCents.optional(),
  })
  .refine((body) => Object.values(body).filter((field) => field !== undefined).length === 1, {
    ...told("conflict", "give one of plan, package_id and amount"),
    path: ["plan"],
  });
export type CheckoutBody = z.infer<typeof checkoutBody>;

export const checkoutAnswer = z.object({
  checkout_url: z.string().meta({ description: "Stripe's page: send the payer there. It is open for 24 hours." }),
  session_id: z.string(),
  payment_id: idSchema("payment").nullable().meta({
    description: "What GET /api/payments/:id knows it by; null for a plan, whose payments come with Stripe's invoices.",
  }),
});
export type CheckoutAnswer = z.infer<typeof checkoutAnswer>;

export const portalAnswer = z.object({ portal_url: z.string() });

export const changePlanBody = z.strictObject({ plan: planForSale });

/** An event of Stripe's; what else stands in it is read anew from Stripe. */
export const stripeEventBody = z.looseObject({ id: z.string(), type: z.string() });
export const stripeHookAnswer = z.object({ received: z.literal(true) });
