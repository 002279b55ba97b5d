/// <reference types="vite/client" />
/** What docs/operations/runbooks tells an operator to ask the database, asked. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

const pages: Record<string, string> = import.meta.glob("../../docs/operations/runbooks/*.md", {
  query: "?raw",
  import: "default",
  eager: true,
});

const queries = Object.entries(pages).flatMap(([path, text]) =>
  Array.from(text.matchAll(/```sql\n([\s\S]*?)```/g), ([, sql = ""], index) => ({
    name: `${path.split("/").at(-1)} ${index + 1}`,
    sql: sql.trim(),
  })),
);

describe("the runbooks' SQL", () => {
  it("is on every page", () => {
    expect(queries.length).toBeGreaterThan(20);
    expect(new Set(queries.map(({ name }) => name.split(" ")[0])).size).toBe(12);
  });

  it.each(queries)("$name can be asked, and changes nothing", async ({ sql }) => {
    expect(sql).toMatch(/^select\b[^;]*;$/);
    const answer = await env.DB.prepare(sql).all();
    expect(answer.success).toBe(true);
    expect(answer.meta.changes).toBe(0);
  });
});
