/**
 * Every operation of /openapi.json is asked as the document says and as it does not, by everybody there is. Nothing brings
 * the service to a fault of its own, and every answer is one that was promised. What fails is shown as a curl line.
 */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { newClient } from "../../support/api-client.ts";
import { holdQueue } from "../../support/held-queue.ts";
import { readOpenApi } from "../../support/openapi.ts";
import { fuzz, shares } from "../budget.ts";
import { type Answer, brokenRule, type DescribedAnswers } from "./answer-rules.ts";
import { examples, knownFields } from "./known-fields.ts";
import { type Plan, planOf } from "./request-plan.ts";
import { callersOf, curlOf, isSpent, makeWorld, mend, requestOf, type World } from "./world.ts";

const document = await readOpenApi();
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({ path, method, described: described as DescribedAnswers })),
);
/** So many requests are on their way together: what one leaves half done, another meets. */
const atOnceMax = 8;
const describedOf = (path: string, method: string) =>
  document.paths[path]?.[method.toLowerCase()] as DescribedAnswers | undefined;
const share = shares.http / operations.length;

/** Nothing of what is submitted here is rendered, exported or deleted: the world stays as it is for longer. */
const { send } = holdQueue({}, true);
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

async function ask(plan: Plan): Promise<Answer> {
  const response = await send(await requestOf(plan, world));
  const { status, headers } = response;
  // What goes on for as long as somebody listens is not listened to.
  if (status === 101 || headers.get("Content-Type")?.startsWith("text/event-stream") === true) {
    response.webSocket?.accept();
    response.webSocket?.close();
    await response.body?.cancel();
    return { status, headers, text: "" };
  }
  return { status, headers, text: new TextDecoder().decode(await response.arrayBuffer()) };
}

describe("nothing that is sent breaks the service", () => {
  it.each(operations.map((one) => [`${one.method.toUpperCase()} ${one.path}`, one] as const))(
    "%s",
    async (name, one) => {
      if (await isSpent(world)) world = await makeWorld();
      const known = { prefixes: new Set(Object.keys(world.things.ids)), fields: knownFields };
      const seen = new Map<number, number>();
      const described = {
        ...one,
        known,
        callers: callersOf(one.path),
        example: examples[one.described.operationId ?? ""],
      };
      const property = fc.asyncProperty(
        fc.array(planOf(described), { minLength: 1, maxLength: atOnceMax }),
        async (plans) => {
          const answers = await Promise.all(plans.map(ask));
          const broken = plans.flatMap((plan, place) => {
            const answer = answers[place] ?? { status: 0, headers: new Headers(), text: "" };
            seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
            const rule = brokenRule(plan, answer, describedOf(one.path, plan.method));
            return rule === undefined
              ? []
              : [`${answer.status}, ${rule}\n${answer.text.slice(0, 500)}\n${curlOf(plan)}`];
          });
          const isChanged = plans.some(({ method }, place) => method !== "GET" && (answers[place]?.status ?? 0) < 400);
          if (isChanged) await mend(world);
          if (broken.length > 0) throw new Error(`${name} answered ${broken.join("\n")}`);
        },
      );
      await fuzz(property, share);
      expect(seen.size).toBeGreaterThan(0);
      expect((await newClient({ send }).get("/api/health")).status).toBe(200);
    },
  );
});
