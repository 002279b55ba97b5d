/** A request as data: fast-check makes it, mutates it and makes it smaller; the world it is sent into fills in its ids. */
import fc from "fast-check";
import type { Described } from "../../support/openapi.ts";
import {
  brokenJson,
  deepJson,
  nastyHeader,
  nastyJson,
  nastyName,
  nastySegment,
  nastyText,
  wrongContentTypes,
} from "../nasty-values.ts";
import { describedValue, type JsonSchema, type Known } from "../schema-values.ts";

export type Content =
  | { kind: "none" }
  | { kind: "json"; value: unknown }
  /** A byte a character. */
  | { kind: "bytes"; bytes: string };

export type Plan = {
  method: string;
  path: string;
  query: (readonly [string, string])[];
  headers: (readonly [string, string])[];
  contentType: string | null;
  content: Content;
  /** Which of the credentials that the world has. */
  caller: string;
};

export type OperationCase = {
  method: string;
  path: string;
  described: Described;
  known: Known;
  callers: readonly string[];
  /** A body that is let in, where the schema alone does not lead to one. */
  example: Record<string, unknown> | undefined;
};

/** Requests that the document allows, and in two of three one thing is not as it says. */
export function planOf(one: OperationCase): fc.Arbitrary<Plan> {
  return fc
    .record({
      caller: fc.constantFrom(...one.callers),
      pathValues: valuesIn(one, "path"),
      query: valuesIn(one, "query"),
      headers: valuesIn(one, "header"),
      body: bodyOf(one),
      change: fc.oneof(
        fc.constant<Change>((plan) => plan),
        change(one),
      ),
      more: fc.oneof({ weight: 3, arbitrary: fc.constant<Change>((plan) => plan) }, change(one)),
    })
    .map(({ caller, pathValues, query, headers, body, change: first, more }) => {
      const filled = one.path.replace(/\{(\w+)\}/g, (_whole, name: string) => String(pathValues[name] ?? "nothing"));
      const plan: Plan = {
        method: one.method.toUpperCase(),
        path: filled,
        query: textPairs(query),
        headers: textPairs(headers).map(([name, value]) => [name, value.replace(/[^\x20-\x7e]/g, "")] as const),
        ...body,
        caller,
      };
      return more(first(plan));
    });
}

const textPairs = (values: Record<string, unknown>) =>
  Object.entries(values).map(([name, value]) => [name, String(value)] as const);

function valuesIn({ described, known }: OperationCase, place: string): fc.Arbitrary<Record<string, unknown>> {
  const parameters = (described.parameters ?? []).filter((one) => one.in === place);
  const fields = parameters.map(
    ({ name, schema = {} }) => [name, describedValue(schema as JsonSchema, known, name)] as const,
  );
  const required = parameters.filter((one) => one.required === true || place === "path").map(({ name }) => name);
  return fc.record(Object.fromEntries(fields), { requiredKeys: required, noNullPrototype: true });
}

type Body = Pick<Plan, "contentType" | "content">;

function bodyOf(one: OperationCase): fc.Arbitrary<Body> {
  const described = describedBody(one);
  const { example } = one;
  if (example === undefined) return described;
  const good = fc.constant<Body>({ contentType: "application/json", content: { kind: "json", value: example } });
  const mixed = described.map((body): Body => {
    if (body.content.kind !== "json" || !isObject(body.content.value)) return body;
    return { ...body, content: { kind: "json", value: { ...body.content.value, ...example } } };
  });
  return fc.oneof(good, mixed, described);
}

function describedBody({ described, known }: OperationCase): fc.Arbitrary<Body> {
  const contents = Object.entries(described.requestBody?.content ?? {});
  if (contents.length === 0) return fc.constant({ contentType: null, content: { kind: "none" } });
  return fc.oneof(...contents.map(([type, { schema }]) => bodyOfType(type, schema as JsonSchema, known)));
}

function bodyOfType(type: string, schema: JsonSchema, known: Known): fc.Arbitrary<Body> {
  if (type === "application/json") {
    return describedValue(schema, known).map((value) => ({ contentType: type, content: { kind: "json", value } }));
  }
  if (type === "multipart/form-data" && schema.properties !== undefined && schema.properties.file === undefined) {
    return describedValue(schema, known).map((value) => {
      const fields = textPairs(value as Record<string, unknown>).map(([name, text]) => `${name}=${encodeText(text)}`);
      return {
        contentType: "application/x-www-form-urlencoded",
        content: { kind: "bytes" as const, bytes: fields.join("&") },
      };
    });
  }
  if (type === "multipart/form-data") return form;
  return fileBytes.map((bytes) => ({ contentType: type, content: { kind: "bytes" as const, bytes } }));
}

const encodeText = (text: string) => (text.startsWith("{{") ? text : encodeURIComponent(text.toWellFormed()));

/** What the stand-in renderer takes for files; and what it does not. */
const fileBytes = fc.oneof(
  fc.constantFrom("media image/png 640x480\n", "media audio/mpeg 4\n", "media video/mp4 640x480 3\n", "nonsense", ""),
  fc.string({ unit: "binary", maxLength: 200 }).map((text) => Buffer.from(text, "utf8").toString("latin1")),
);

const boundary = "a-boundary";
const disposition = fc.constantFrom(
  'form-data; name="file"; filename="a.png"',
  'form-data; name="file"; filename="../../%00\r\n"',
  "form-data; name=file",
  'form-data; name="other"',
  'form-data; name="',
  "attachment",
  "",
);

/** A form with a file, whole or broken in one of the places where forms break. */
const form: fc.Arbitrary<Body> = fc
  .tuple(disposition, fileBytes, fc.constantFrom("whole", "cut", "unclosed", "no boundary", "many", "long header"))
  .map(([said, bytes, state]) => {
    const part = `--${boundary}\r\nContent-Disposition: ${said}\r\n\r\n${bytes}\r\n`;
    const whole = `${part}--${boundary}--\r\n`;
    const states: Record<string, string> = {
      whole,
      cut: whole.slice(0, Math.floor(whole.length / 2)),
      unclosed: part,
      "no boundary": bytes,
      many: `${`--${boundary}\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n`.repeat(50)}${whole}`,
      "long header": `--${boundary}\r\nX: ${"y".repeat(40_000)}\r\n\r\n${bytes}`,
    };
    const contentType = `multipart/form-data; boundary=${boundary}`;
    return { contentType, content: { kind: "bytes", bytes: states[state] ?? whole } };
  });

type Change = (plan: Plan) => Plan;

function change(one: OperationCase): fc.Arbitrary<Change> {
  const changes: fc.Arbitrary<Change>[] = [changedHeaders, changedMethod, changedQuery(one)];
  if (one.path.includes("{")) changes.push(changedPath(one), changedPath(one));
  if (one.described.requestBody !== undefined) changes.push(changedJson, changedJson, changedJson, changedBytes);
  if (one.described.requestBody !== undefined) changes.push(changedType);
  return fc.oneof(...changes);
}

const changedType = wrongContentTypes.map(
  (contentType): Change =>
    (plan) => ({ ...plan, contentType }),
);

const changedHeaders = fc.array(nastyHeader, { minLength: 1, maxLength: 3 }).map(
  (headers): Change =>
    (plan) => ({ ...plan, headers: [...plan.headers, ...headers] }),
);

const changedMethod = fc
  .constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "PROPFIND", "get")
  .map(
    (method): Change =>
      (plan) => {
        const isBodiless = method.toUpperCase() === "GET" || method === "HEAD";
        return { ...plan, method, ...(isBodiless ? { content: { kind: "none" }, contentType: null } : {}) };
      },
  );

function changedQuery({ described }: OperationCase): fc.Arbitrary<Change> {
  const names = (described.parameters ?? []).filter((one) => one.in === "query").map(({ name }) => name);
  const name = fc.oneof(fc.constantFrom(...names, "limit", "cursor", "signature", "expires"), nastyName);
  const value = fc.oneof(nastyText, fc.constantFrom("1", "101", "-1", "1.5", "{{vid}}", "eyJhIjoxfQ", "bnVsbA=="));
  return fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 3 }).map(
    (pairs): Change =>
      (plan) => ({ ...plan, query: [...plan.query, ...pairs] }),
  );
}

function changedPath({ path }: OperationCase): fc.Arbitrary<Change> {
  const parameters = path.match(/\{\w+\}/g) ?? [];
  const otherId = fc.constantFrom("{{vid}}", "{{ast}}", "{{usr}}", "{{pay}}", "{{key}}", "{{prj}}", "{{ten}}");
  return fc.tuple(fc.nat(), fc.oneof(nastySegment, otherId)).map(
    ([pick, segment]): Change =>
      (plan) => {
        const target = parameters[pick % parameters.length] ?? "";
        return { ...plan, path: path.replace(target, segment).replace(/\{\w+\}(?!\})/g, "nothing") };
      },
  );
}

const changedJson = fc
  .record({
    pick: fc.nat(),
    way: fc.constantFrom("replace", "remove", "add", "repeat"),
    name: nastyName,
    value: nastyJson,
  })
  .map(
    ({ pick, way, name, value }): Change =>
      (plan) => {
        if (plan.content.kind !== "json") return plan;
        const places = placesOf(plan.content.value);
        const place = places[pick % places.length] ?? [];
        return {
          ...plan,
          content: { kind: "json", value: changedAt(plan.content.value, place, { way, name, value }) },
        };
      },
  );

type Place = readonly (string | number)[];

/** Further down than any schema goes there is nothing to be changed. */
const deepest = 20;

function placesOf(value: unknown, place: Place = []): Place[] {
  if (typeof value !== "object" || value === null || place.length > deepest) return [place];
  return [place, ...Object.entries(value).flatMap(([name, inner]) => placesOf(inner, [...place, name]))];
}

type Edit = { way: "replace" | "remove" | "add" | "repeat"; name: string; value: unknown };

function changedAt(value: unknown, [first, ...rest]: Place, edit: Edit): unknown {
  if (first === undefined) {
    if (edit.way === "add" && isObject(value)) return { ...value, [edit.name]: edit.value };
    if (edit.way === "repeat")
      return Array.isArray(value) ? Array.from({ length: 150 }, () => value[0]) : [value, value];
    return edit.value;
  }
  if (Array.isArray(value)) return value.map((item, at) => (at === Number(first) ? changedAt(item, rest, edit) : item));
  if (!isObject(value)) return edit.value;
  if (edit.way !== "remove" || rest.length > 0) return { ...value, [first]: changedAt(value[first], rest, edit) };
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== first));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const changedBytes = fc.oneof(brokenJson, deepJson, fc.string({ unit: "binary", maxLength: 60 })).map(
  (bytes): Change =>
    (plan) => ({ ...plan, content: { kind: "bytes", bytes: toLatin(bytes) } }),
);

const isLatin = (text: string) => [...text].every((character) => character.charCodeAt(0) < 256);
const toLatin = (text: string) => (isLatin(text) ? text : Buffer.from(text, "utf8").toString("latin1"));
