/** Every id the service gives out: a prefix that says what it names, then 26 characters of Crockford base 32. */
import { z } from "zod";

export const idPrefixes = {
  user: "usr",
  tenant: "ten",
  session: "ses",
  video: "vid",
  transaction: "trx",
  audit: "aud",
  asset: "ast",
  image: "img",
  project: "prj",
  payment: "pay",
  claim: "clm",
  planPeriod: "per",
  adjustment: "adj",
  key: "key",
  link: "lnk",
  invitation: "inv",
  mail: "mal",
  export: "exp",
  deletion: "del",
} as const;
export type IdKind = keyof typeof idPrefixes;

export function idSchema(kind: IdKind) {
  return z.string().regex(new RegExp(`^${idPrefixes[kind]}_[0-9a-z]{26}$`), "not an id of this kind");
}
