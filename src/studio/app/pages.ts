/** The pages' code: what everybody comes to is there from the first, each other one is loaded when it is first gone to. */
import { lazy } from "react";
import { isKnownHere } from "./session.ts";

const load = {
  signIn: async () => ({ default: (await import("../features/sign-in/sign-in-page.tsx")).SignInPage }),
  videos: async () => ({ default: (await import("../features/video/video-page.tsx")).VideoPage }),
  library: async () => ({ default: (await import("../features/library/library-page.tsx")).LibraryPage }),
  projects: async () => ({ default: (await import("../features/projects/projects-page.tsx")).ProjectsPage }),
  project: async () => ({ default: (await import("../features/projects/project-page.tsx")).ProjectPage }),
  account: async () => ({ default: (await import("../features/account/account-page.tsx")).AccountPage }),
  deletion: async () => ({ default: (await import("../features/account/deletion-page.tsx")).DeletionPage }),
  admin: async () => ({ default: (await import("../features/admin/admin-page.tsx")).AdminPage }),
  billing: async () => ({ default: (await import("../features/billing/billing-page.tsx")).BillingPage }),
  usage: async () => ({ default: (await import("../features/usage/usage-page.tsx")).UsagePage }),
};

export const SignInPage = lazy(load.signIn);
export const VideoPage = lazy(load.videos);
export const LibraryPage = lazy(load.library);
export const ProjectsPage = lazy(load.projects);
export const ProjectPage = lazy(load.project);
export const AccountPage = lazy(load.account);
export const DeletionPage = lazy(load.deletion);
export const AdminPage = lazy(load.admin);
export const BillingPage = lazy(load.billing);
export const UsagePage = lazy(load.usage);

/** While it is still asked who is there, and not only then: the page they will most likely see. */
export async function hastenPage(path: string): Promise<void> {
  // What does not come is asked for again where it is needed, and there it can be said.
  await loaderOf(path)().catch(() => undefined);
}

function loaderOf(path: string): () => Promise<unknown> {
  const [, area = "", part] = path.split("/");
  if (area === "deletions") return load.deletion;
  if (!isKnownHere()) return load.signIn;
  if (area === "projects") return part === undefined ? load.projects : load.project;
  switch (area) {
    case "videos":
    case "library":
    case "account":
    case "admin":
    case "billing":
    case "usage":
      return load[area];
    default:
      return async () => undefined;
  }
}
