import { z } from "zod";
import { packageName } from "./payments.ts";

/** The plans that have a price and can be bought by whoever wants them. */
const planForSale = z.enum(["pro", "premium"], "a plan that is for sale: pro or premium");

export const checkoutBody = z
  .strictObject({ plan: planForSale.optional(), package_id: packageName.optional() })
  .refine(({ plan, package_id: packageId }) => (plan === undefined) !== (packageId === undefined), {
    message: "give either plan or package_id",
    path: ["plan"],
  });
export type CheckoutBody = z.infer<typeof checkoutBody>;

export const checkoutAnswer = z.object({
  checkout_url: z.string().meta({ description: "Stripe's page: send the payer there. It is open for 24 hours." }),
  session_id: z.string(),
});
export type CheckoutAnswer = z.infer<typeof checkoutAnswer>;

export const portalAnswer = z.object({ portal_url: z.string() });

export const changePlanBody = z.strictObject({ plan: planForSale });

/** An event of Stripe's; what else stands in it is read anew from Stripe. */
export const stripeEventBody = z.looseObject({ id: z.string(), type: z.string() });
export const stripeHookAnswer = z.object({ received: z.literal(true) });
