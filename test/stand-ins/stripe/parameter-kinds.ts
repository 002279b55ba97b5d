/** What single parameters are made of: all text on the wire. */
import { z } from "zod";

export const text = z.string().min(1).max(5000);
/** An empty text unsets. */
export const clearable = z.string().max(5000);
export const integer = z
  .string()
  .regex(/^-?\d+$/, "integer")
  .transform(Number);
export const boolean = z.enum(["true", "false"]).transform((value) => value === "true");
export const url = z
  .string()
  .max(5000)
  .regex(/^https?:\/\/[^\s/]+/i, "url");
export const currency = z.string().regex(/^[a-z]{3}$/, "currency");

const metadataKeys = 50;
export const metadata = z
  .union([z.record(z.string(), z.string()), z.literal("").transform(() => ({}))])
  .superRefine((values, context) => {
    const tell = (message: string) => context.addIssue({ code: "custom", message });
    const entries = Object.entries(values);
    if (entries.length > metadataKeys)
      tell(`Metadata can have up to ${metadataKeys} keys. You passed in ${entries.length} keys.`);
    for (const [key, value] of entries) {
      if (key.length > 40) tell(`Metadata keys can have up to 40 characters. You passed in a key of ${key.length}.`);
      if (value.length > 500)
        tell(`Metadata values can have up to 500 characters. The value of ${key} has ${value.length}.`);
    }
  });

export const expand = z.array(z.string()).optional();
const created = z
  .union([
    integer.transform((at) => ({ gte: at, lte: at })),
    z.strictObject({
      gt: integer.optional(),
      gte: integer.optional(),
      lt: integer.optional(),
      lte: integer.optional(),
    }),
  ])
  .optional();
export const paging = {
  limit: integer.pipe(z.number().min(1).max(100)).default(10),
  starting_after: text.optional(),
  ending_before: text.optional(),
  created,
  expand,
};
export const methods = z.array(text).optional();
export const address = z.strictObject({
  city: clearable.optional(),
  country: clearable.optional(),
  line1: clearable.optional(),
  line2: clearable.optional(),
  postal_code: clearable.optional(),
  state: clearable.optional(),
});
