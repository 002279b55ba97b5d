import { describe, expect, it } from "vitest";
import { type Bindings, readEnv } from "../../../src/env.ts";

const production = { JWT_SECRET: "a secret of the tests, longer than 32 characters" };
const google = { GOOGLE_CLIENT_ID: "id", GOOGLE_CLIENT_SECRET: "secret" };
const github = { GITHUB_CLIENT_ID: "id", GITHUB_CLIENT_SECRET: "secret" };
const read = (variables: Record<string, string>) =>
  readEnv({ ...production, ...variables } as unknown as Bindings & typeof variables);

describe("in production", () => {
  it("either provider, both or none may be set up", () => {
    for (const variables of [{}, google, github, { ...google, ...github }])
      expect(read(variables).settings).toMatchObject(variables);
  });

  it.each([
    ["GOOGLE_BASE", { ...google, GOOGLE_BASE: "https://accounts.example.com" }],
    ["GITHUB_BASE", { ...github, GITHUB_BASE: "https://github.example.com" }],
    ["GOOGLE_CLIENT_ID", { GOOGLE_CLIENT_ID: "id" }],
    ["GOOGLE_CLIENT_ID", { GOOGLE_CLIENT_SECRET: "secret" }],
    ["GITHUB_CLIENT_ID", { GITHUB_CLIENT_ID: "id" }],
    ["GITHUB_CLIENT_ID", { GITHUB_CLIENT_SECRET: "secret" }],
  ])("%s is refused: nobody vouches but the real ones, and half a client is none", (name, variables) => {
    expect(() => read(variables)).toThrow(new RegExp(`^configuration: ${name}`));
  });

  it("in development a stand-in may vouch", () => {
    const variables = { ENVIRONMENT: "development", ...google, GOOGLE_BASE: "http://127.0.0.1:8792/google" };
    expect(read(variables).settings).toMatchObject(variables);
  });
});
