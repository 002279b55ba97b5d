/** Addresses that Daraja alone is told: what stands last in them is a secret, and belongs in no log. */
const phoneHook = /^(\/api\/payments\/(?:mpesa|phone)\/(?:callback|reversal|status)\/).*/is;

export function isPhoneHook(path: string): boolean {
  return phoneHook.test(path);
}

export function loggedPath(path: string): string {
  return path.replace(phoneHook, "$1***");
}
