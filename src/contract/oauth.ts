/** Sign-in by other services, as it crosses the wire. */
import { z } from "zod";

export const oauthProviders = ["google", "github"] as const;
export type OauthProvider = (typeof oauthProviders)[number];

export const signInProvidersAnswer = z.object({
  data: z.array(
    z.object({
      provider: z.enum(oauthProviders),
      start_url: z.string().meta({ description: "Where a browser begins; `return_to` may be added to it." }),
    }),
  ),
});

export const startSignInQuery = z.object({
  return_to: z
    .string()
    .optional()
    .meta({ description: "A path of this service to come back to; anything else leads to `/`.", example: "/videos" }),
});

export const identitiesAnswer = z.object({
  data: z.array(
    z.object({
      provider: z.enum(oauthProviders),
      email: z.string().meta({ description: "As the provider had it when it was linked." }),
      linked_at: z.string(),
      last_used_at: z.string(),
    }),
  ),
});
export type IdentitiesAnswer = z.infer<typeof identitiesAnswer>;
