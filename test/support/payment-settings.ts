/** What the Worker under test and the stand-ins for Stripe and Daraja both know: no secret of anybody's. */
export const stripeKeys = { secretKey: "sk_test_stand_in", webhookSecret: "whsec_stand_in" } as const;
export const darajaKeys = {
  consumerKey: "key",
  consumerSecret: "secret",
  shortcode: "174379",
  passkey: "passkey",
  initiatorName: "api",
  securityCredential: "credential",
} as const;

/** The variables of a Worker that pays through stand-ins at these addresses. */
export function paymentVariables(stripeBase: string, darajaBase: string): Record<string, string> {
  return {
    STRIPE_SECRET_KEY: stripeKeys.secretKey,
    STRIPE_WEBHOOK_SECRET: stripeKeys.webhookSecret,
    STRIPE_API_BASE: stripeBase,
    MPESA_CONSUMER_KEY: darajaKeys.consumerKey,
    MPESA_CONSUMER_SECRET: darajaKeys.consumerSecret,
    MPESA_PASSKEY: darajaKeys.passkey,
    MPESA_BUSINESS_SHORTCODE: darajaKeys.shortcode,
    MPESA_INITIATOR_NAME: darajaKeys.initiatorName,
    MPESA_SECURITY_CREDENTIAL: darajaKeys.securityCredential,
    MPESA_API_BASE: darajaBase,
  };
}
