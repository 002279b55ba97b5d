export type Target = {
  name: string;
  url: string;
  method: "GET" | "POST";
  headers: Record<string, string>;
  body?: string;
};

type Running = { url: string };

const json = { "Content-Type": "application/json" };
const body = JSON.stringify({ prompt: "A young Kenyan entrepreneur builds an AI startup in Nairobi", scenes: 3 });

/** Each request of the product, followed by its floor; last what no Worker is without. */
export function targetsOf(product: Running & { headers: Record<string, string> }, bare: Running) {
  const submit = { method: "POST", body } as const;
  return [
    {
      ...submit,
      name: "POST /api/videos",
      url: `${product.url}/api/videos`,
      headers: { ...json, ...product.headers },
    },
    { ...submit, name: "bare Worker, the same platform calls", url: `${bare.url}/submit`, headers: json },
    {
      method: "GET",
      name: "GET /api/credits/balance",
      url: `${product.url}/api/credits/balance`,
      headers: product.headers,
    },
    { method: "GET", name: "bare Worker, the same platform calls", url: `${bare.url}/balance`, headers: {} },
    { method: "GET", name: "bare Worker, no platform calls", url: `${bare.url}/empty`, headers: {} },
  ] as const satisfies Target[];
}
