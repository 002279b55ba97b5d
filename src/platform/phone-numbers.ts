import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { PhoneNumbers } from "../core/deps.ts";

export const phoneNumbers: PhoneNumbers = {
  normalise(phone) {
    const text = phone.normalize("NFKC").trim();
    const parsed = parsePhoneNumberFromString(text, "KE") ?? parsePhoneNumberFromString(`+${text}`);
    return parsed?.isPossible() === true ? parsed.number : null;
  },
};
