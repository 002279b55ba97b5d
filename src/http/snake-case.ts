/** Requests may spell a field in camelCase too (api.md); deeper than any schema here, nothing is looked at. */
const depthMax = 8;

/** The value with every object's fields in snake_case. A field spelt both ways keeps the camelCase one, which is then unknown and refused. */
export function toSnakeCase(value: unknown, depth = 0): unknown {
  if (depth > depthMax || value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item) => toSnakeCase(item, depth + 1));
  const fields: [string, unknown][] = Object.entries(value).map(([name, field]) => {
    const snake = snakeName(name);
    return [snake !== name && Object.hasOwn(value, snake) ? name : snake, toSnakeCase(field, depth + 1)];
  });
  return Object.fromEntries(fields);
}

/** packageId → package_id, premiumTTS → premium_tts. */
function snakeName(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}
