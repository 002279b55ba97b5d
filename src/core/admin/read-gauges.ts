import { measureCredits } from "../credits/measure-credits.ts";
import type { Deps } from "../deps.ts";
import type { Gauge } from "../gauge.ts";
import { measureMails } from "../mail/measure-mails.ts";
import { measurePayments } from "../payments/measure-payments.ts";
import { measurePrivacy } from "../privacy/measure-privacy.ts";
import { measureVideos } from "../videos/measure-videos.ts";

/**
 * The service in numbers that an alert can be set on. Made for being asked every half minute: no table
 * is read that grows with every customer, unless an index leads to the rows that count. Exceptions are letters, of which a week's
 * are kept, and balances, of which every tenant has one: at 10,000 tenants 30,000 rows of an index, some hundredths of a second.
 */
export async function readGauges(deps: Deps): Promise<Gauge[]> {
  const parts = await Promise.all([
    measureVideos(deps),
    measurePayments(deps),
    measureCredits(deps),
    measureMails(deps),
    measurePrivacy(deps),
  ]);
  return parts.flat();
}
