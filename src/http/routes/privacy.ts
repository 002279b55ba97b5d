import { Hono } from "hono";
import {
  deleteAccountBody,
  deletionAnswer,
  deletionStarted,
  exportStarted,
  exportsAnswer,
} from "../../contract/privacy.ts";
import { deleteAccount } from "../../core/privacy/delete-account.ts";
import { readDeletion } from "../../core/privacy/read-deletion.ts";
import { findLinkedExportFile, findOwnExportFile, listExports } from "../../core/privacy/read-exports.ts";
import { requestExport } from "../../core/privacy/request-export.ts";
import { contextOf, originOf, userContextOf } from "../context.ts";
import { existing } from "../existing.ts";
import type { HttpEnv } from "../http-env.ts";
import { requireJson } from "../json-body.ts";
import { operation } from "../operation.ts";
import { hasValidLink } from "../signed-link.ts";
import { validate } from "../validate.ts";
import { signedIn } from "./files.ts";
import { respondWithMedia } from "./media-file.ts";

export const privacyRoutes = new Hono<HttpEnv>()
  .post(
    "/export",
    operation({
      id: "exportAccount",
      summary: "All data and files of the account, as one ZIP",
      description: "Made in the background; while one is being made, a repeat gets the same. At most 5 in 24 hours.",
      tag: "Account",
      permission: "privacy.export",
      answers: { 202: { description: "It is being made", schema: exportStarted } },
    }),
    async (c) => c.json(await requestExport(userContextOf(c), originOf(c)), 202),
  )
  .get(
    "/exports",
    operation({
      id: "listExports",
      summary: "Your exports, newest first",
      tag: "Account",
      permission: "privacy.export",
      answers: { 200: { description: "The last 30", schema: exportsAnswer } },
    }),
    async (c) => c.json(await listExports(userContextOf(c), originOf(c)), 200),
  )
  .get(
    "/exports/:id/file",
    operation({
      id: "getExportFile",
      summary: "The ZIP of an export",
      description: "With credentials, or by its `download_url`. For 24 hours after it is ready; ranges are honoured.",
      tag: "Account",
      permission: "privacy.export",
      opensByLink: true,
      isRateLimited: false,
      answers: {
        200: { description: "The ZIP", contentType: "application/zip" },
        206: { description: "The range asked for", contentType: "application/zip" },
      },
      refuses: ["unauthenticated", "not_found", "export_not_ready", "export_gone", "range_not_satisfiable"],
    }),
    existing("export"),
    async (c) => {
      const exportId = c.req.param("id");
      const file = (await hasValidLink(c))
        ? await findLinkedExportFile(contextOf(c), exportId)
        : await findOwnExportFile(signedIn(c, "the export's `download_url`"), exportId);
      return respondWithMedia(c, { ...file, contentType: "application/zip" });
    },
  )
  .post(
    "/delete",
    operation({
      id: "deleteAccount",
      summary: "Delete your account for good, with everything in it",
      description:
        "Sessions and keys end at once; everything else goes in the background. Credits that are left are lost. Nothing can be brought back.",
      tag: "Account",
      permission: "privacy.delete",
      answers: { 202: { description: "The receipt, under which it can be followed", schema: deletionStarted } },
      refuses: ["validation_failed", "unsupported_media_type"],
    }),
    requireJson(),
    validate("json", deleteAccountBody),
    async (c) => c.json(await deleteAccount(userContextOf(c), c.req.valid("json")), 202),
  )
  .get(
    "/deletions/:id",
    operation({
      id: "getDeletion",
      summary: "What has become of a deletion",
      description: "By the receipt alone, since nobody is left who could sign in.",
      tag: "Account",
      permission: null,
      answers: { 200: { description: "How far it is, and what was deleted", schema: deletionAnswer } },
      refuses: ["not_found"],
    }),
    existing("deletion"),
    async (c) => c.json(await readDeletion(contextOf(c), c.req.param("id")), 200),
  );
