import { Hono } from "hono";
import { createKeyBody, keyMade, keysAnswer, keysQuery, rotateKeyBody } from "../../contract/keys.ts";
import { createKey } from "../../core/accounts/keys/create-key.ts";
import { listKeys } from "../../core/accounts/keys/list-keys.ts";
import { revokeKey } from "../../core/accounts/keys/revoke-key.ts";
import { rotateDefaultKey, rotateKey } from "../../core/accounts/keys/rotate-key.ts";
import { userContextOf } from "../context.ts";
import { existing } from "../existing.ts";
import type { HttpEnv } from "../http-env.ts";
import { requireJson } from "../json-body.ts";
import { operation } from "../operation.ts";
import { validate } from "../validate.ts";

/**
 * None of these takes an Idempotency-Key: its answer would be kept, and with it a key that nobody but its owner may have. A
 * repeat makes another key, which can be revoked.
 */
export const keyRoutes = new Hono<HttpEnv>()
  .get(
    "/api-keys",
    operation({
      id: "listApiKeys",
      summary: "The keys that work, newest first",
      description: "With those in their grace. A key itself is shown only when it is made.",
      tag: "Account",
      permission: "keys.read",
      answers: { 200: { description: "A page of keys", schema: keysAnswer } },
      refuses: ["validation_failed"],
    }),
    validate("query", keysQuery),
    async (c) => c.json(await listKeys(userContextOf(c), c.req.valid("query")), 200),
  )
  .post(
    "/api-keys",
    operation({
      id: "createApiKey",
      summary: "Make a key",
      description:
        "It acts for whoever made it, as long as they are a member. The key is in this answer and never again.",
      tag: "Account",
      permission: "keys.manage",
      answers: { 201: { description: "The key, shown this once", schema: keyMade } },
      refuses: ["validation_failed", "unsupported_media_type"],
    }),
    requireJson(),
    validate("json", createKeyBody),
    async (c) => c.json(await createKey(userContextOf(c), c.req.valid("json")), 201),
  )
  .post(
    "/api-keys/:id/rotate",
    operation({
      id: "rotateApiKeyById",
      summary: "Replace a key by a new one of the same name, kind and origins",
      tag: "Account",
      permission: "keys.manage",
      answers: { 201: { description: "The new key, shown this once", schema: keyMade } },
      refuses: ["not_found", "validation_failed", "unsupported_media_type"],
    }),
    existing("key"),
    requireJson({ isOptional: true }),
    validate("json", rotateKeyBody),
    async (c) => {
      const input = { keyId: c.req.param("id"), body: c.req.valid("json") };
      return c.json(await rotateKey(userContextOf(c), input), 201);
    },
  )
  .delete(
    "/api-keys/:id",
    operation({
      id: "revokeApiKey",
      summary: "End a key at once",
      tag: "Account",
      permission: "keys.manage",
      answers: { 204: { description: "It opens nothing any more" } },
      refuses: ["not_found"],
    }),
    existing("key"),
    async (c) => {
      await revokeKey(userContextOf(c), c.req.param("id"));
      return c.body(null, 204);
    },
  )
  .post(
    "/rotate-api-key",
    operation({
      id: "rotateApiKey",
      summary: "Replace the account's default secret key, or make it",
      tag: "Account",
      permission: "keys.manage",
      answers: { 201: { description: "The new key, shown this once", schema: keyMade } },
      refuses: ["validation_failed", "unsupported_media_type"],
    }),
    requireJson({ isOptional: true }),
    validate("json", rotateKeyBody),
    async (c) => c.json(await rotateDefaultKey(userContextOf(c), c.req.valid("json")), 201),
  );
