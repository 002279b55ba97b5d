import { fail } from "../../fail.ts";

/** After the country's code or the trunk's 0: mobile numbers begin with 7 or 1. Which operator has one, its digits do not say. */
const kenyanMobile = /^(?:\+?254|0)?([17]\d{8})$/;

/** Twelve digits, as M-Pesa has them. null: not a Kenyan mobile number. */
export function toMpesaPhone(text: string): string | null {
  const digits = kenyanMobile.exec(text.normalize("NFKC").replace(/[\s-]/g, ""))?.[1];
  return digits === undefined ? null : `254${digits}`;
}

/** Refuses `validation_failed`. */
export function requireMpesaPhone(text: string): string {
  const phone = toMpesaPhone(text);
  if (phone !== null) return phone;
  const detail = "must be a Kenyan mobile number, like 0712 345678 or +254 712 345678";
  return fail("validation_failed", `«/phone_number»: ${detail}. Nothing was charged.`, {
    errors: [{ pointer: "/phone_number", detail, code: "wrong_format", params: { format: "phone" } }],
  });
}

/** What tells one payer from another: a name, or a number that is hashed or all hidden, shows fewer and is nobody's. */
const digitsLeast = 6;

/** Whether a number that may be masked (2547 ***** 149) can be this one: only digits that are shown are compared. */
export function mayBePhone(phone: string, shown: string): boolean {
  const text = shown.replace(/[\s+-]/g, "");
  const [, head = "", tail = ""] = /^(\d*)[^\d].*?(\d*)$/.exec(text) ?? [];
  if (/^\d+$/.test(text)) return phone === text;
  return head.length + tail.length >= digitsLeast && phone.startsWith(head) && phone.endsWith(tail);
}
