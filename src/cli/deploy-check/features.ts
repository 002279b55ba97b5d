/** What the Worker's settings (src/env.ts) are for: which have to be there, and which only together. */
export type Feature = {
  name: string;
  /** Without all of these the feature is off; with some of them it is broken. */
  needs: readonly string[];
  /** Of use only with the feature. */
  may: readonly string[];
  /** The service does not run without it. */
  isRequired?: true;
  /** What users miss without it. */
  without: string;
};

export const features: readonly Feature[] = [
  {
    name: "signing",
    needs: ["JWT_SECRET"],
    may: ["ACCESS_TOKEN_TTL_SECONDS"],
    isRequired: true,
    without: "nothing runs",
  },
  {
    name: "address",
    needs: ["PUBLIC_URL"],
    may: ["CORS_ORIGINS"],
    isRequired: true,
    without: "links in letters, receipts and M-Pesa's callbacks have no sure address",
  },
  { name: "an operator", needs: ["ADMIN_EMAILS"], may: [], without: "nobody can mend an account or a payment" },
  {
    name: "mail",
    needs: ["MAIL_API_KEY", "MAIL_FROM"],
    may: ["MAIL_API_BASE"],
    without: "nobody signs in by link or resets a password",
  },
  { name: "error reports", needs: ["SENTRY_DSN"], may: [], without: "errors are in the log alone" },
  {
    name: "cards",
    needs: ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"],
    may: ["STRIPE_PRICE_PRO", "STRIPE_PRICE_PREMIUM", "STRIPE_API_BASE"],
    without: "nobody pays by card",
  },
  {
    name: "M-Pesa",
    needs: ["MPESA_CONSUMER_KEY", "MPESA_CONSUMER_SECRET", "MPESA_PASSKEY", "MPESA_BUSINESS_SHORTCODE"],
    may: ["MPESA_TILL_NUMBER", "MPESA_API_BASE"],
    without: "nobody pays by phone",
  },
  {
    name: "M-Pesa initiator",
    needs: ["MPESA_INITIATOR_NAME", "MPESA_SECURITY_CREDENTIAL"],
    may: [],
    without:
      "operators send money back at Safaricom's portal, and a claimed receipt that M-Pesa's query does not decide waits for the day's list",
  },
  {
    name: "Google sign-in",
    needs: ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"],
    may: ["GOOGLE_BASE"],
    without: "nobody signs in by it",
  },
  {
    name: "GitHub sign-in",
    needs: ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"],
    may: ["GITHUB_BASE"],
    without: "nobody signs in by it",
  },
  {
    name: "models over HTTP",
    needs: ["MODELS_ACCOUNT_ID", "MODELS_API_TOKEN"],
    may: ["MODELS_API_BASE", "SCRIPT_MODEL", "PICTURE_MODEL", "VOICE_MODELS"],
    without: "scripts, pictures and voices are made offline, unless wrangler.toml binds AI",
  },
  {
    name: "rendering",
    needs: ["RENDER_PARALLELISM", "RENDER_FAN_OUT"],
    may: ["RENDERER_URL", "DNS_RESOLVER_URL", "USER_REQUESTS_PER_SECOND", "ENVIRONMENT"],
    isRequired: true,
    without: "queue estimates are for one renderer, and long videos are not spread",
  },
];
