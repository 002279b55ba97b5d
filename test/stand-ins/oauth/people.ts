/** Who may be chosen on the consent page, and what may go wrong on the way. */
export type Person = {
  id: string;
  name: string | null;
  /** The first is the primary one. */
  emails: { email: string; isVerified: boolean }[];
};

export const people: readonly Person[] = [
  { id: "1001", name: "Amina Wanjiru", emails: [{ email: "amina.wanjiru@example.com", isVerified: true }] },
  { id: "1002", name: "Juma Otieno", emails: [{ email: "juma.otieno@example.com", isVerified: false }] },
  { id: "1003", name: null, emails: [] },
  {
    id: "1004",
    name: "Neema Achieng",
    emails: [
      { email: "neema.achieng@example.com", isVerified: true },
      { email: "neema@work.example.com", isVerified: true },
    ],
  },
  {
    id: "1005",
    name: "Baraka Mwangi",
    emails: [
      { email: "baraka@new.example.com", isVerified: false },
      { email: "baraka.mwangi@example.com", isVerified: true },
    ],
  },
];

export const faults = [
  "none",
  "wrong_nonce",
  "no_nonce",
  "other_issuer",
  "other_issuer_in_address",
  "other_audience",
  "bad_signature",
  "unsigned",
  "expired_token",
  "no_id_token",
  "invalid_grant",
  "invalid_client",
  "server_error",
  "garbage",
  "slow",
  "keys_away",
  "api_forbidden",
  "api_away",
] as const;
export type Fault = (typeof faults)[number];

/** Slower than anybody waits for. */
export const slowMs = 15_000;
