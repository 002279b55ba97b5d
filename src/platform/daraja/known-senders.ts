/** Where Safaricom sends callbacks from, as published; copies of the list differ, so it only ever makes a log line. */
const addresses: ReadonlySet<string> = new Set([
  "196.201.214.200",
  "196.201.214.206",
  "196.201.214.207",
  "196.201.214.208",
  "196.201.213.114",
  "196.201.213.44",
  "196.201.212.127",
  "196.201.212.138",
  "196.201.212.129",
  "196.201.212.136",
  "196.201.212.74",
  "196.201.212.69",
]);

export function isSafaricom(address: string | null): boolean {
  return address !== null && addresses.has(address);
}
