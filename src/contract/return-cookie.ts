/** Set by the studio before it leaves for Stripe's pages, so that who comes back is brought to the studio itself. No secret. */
export const returnCookie = { name: "shujaa_return", value: "studio", path: "/billing/return" } as const;
export type ReturnCookie = typeof returnCookie;
