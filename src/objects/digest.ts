import { createHash } from "node:crypto";

/** SHA-256 in lowercase hexadecimal, at once: what is hashed inside a storage transaction cannot wait. */
export function sha256Hex(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
