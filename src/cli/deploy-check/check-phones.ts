/** Whether Daraja takes the consumer key and secret. */
import { askForToken } from "../../objects/token-holder.ts";
import { type Finding, ok, wrong } from "./finding.ts";

const production = "https://api.safaricom.co.ke";

/** Empty: there are no credentials to ask with. The new token makes a running service's void, which then asks for another. */
export async function checkPhones(values: Readonly<Record<string, string>>): Promise<Finding[]> {
  const { MPESA_CONSUMER_KEY: consumerKey, MPESA_CONSUMER_SECRET: consumerSecret } = values;
  if (!consumerKey || !consumerSecret) return [];
  const base = (values.MPESA_API_BASE || production).replace(/\/+$/, "");
  const answer = await askForToken({ base, consumerKey, consumerSecret }, fetch);
  if (answer.ok) return [ok("M-Pesa: Daraja gives a token for the consumer key")];
  return [
    wrong(
      `M-Pesa: Daraja gives no token: ${answer.code}`,
      "Key and secret of the app that went live, at developer.safaricom.co.ke, My Apps.",
    ),
  ];
}
