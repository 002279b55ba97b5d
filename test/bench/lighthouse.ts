/**
 * `npm run lighthouse`: how fast the built studio shows itself, as Lighthouse simulates a phone (its default: 1.6 Mbit/s, 150 ms
 * there and back, a processor four times slower than this one) and a desk. Of five loads with an empty cache the one in the
 * middle by its points, and the range of them. What goes over the line is compressed, as Cloudflare does it for the deployed
 * service and nobody for the local one; the local one speaks HTTP/1.1, where the deployed one has HTTP/3.
 */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { call } from "../support/account.ts";
import { serveCompressed } from "../support/compressing-proxy.ts";
import { type Device, type LighthouseReport, runLighthouse } from "../support/lighthouse.ts";
import { removeState, startProduct } from "../support/product.ts";

/** Odd, so that one is in the middle. */
const tries = 5;
const signIn = { email: "amina@example.com", password: "a long enough password" };
const pages: { path: string; isSignedIn: boolean; devices: Device[] }[] = [
  { path: "/sign-in", isSignedIn: false, devices: ["phone", "desk"] },
  { path: "/create", isSignedIn: true, devices: ["phone", "desk"] },
];

const stateDir = await mkdtemp(join(tmpdir(), "shujaa-lighthouse-"));
const product = await startProduct({ stateDir });
const proxy = await serveCompressed(product.url);
try {
  const { status } = await call(product.url, "POST", "/api/auth/signup", { body: signIn });
  if (status !== 201) throw new Error(`sign-up answered ${status}`);
  console.log("| page | on | performance | accessibility | first paint | largest paint | blocked | shift |");
  console.log("|---|---|---|---|---|---|---|---|");
  for (const { path, isSignedIn, devices } of pages) {
    for (const device of devices) {
      const reports = await load(proxy.url + path, device, isSignedIn);
      const points = reports.map(({ scores }) => scores.performance ?? 0);
      const { scores, times, shift } = inTheMiddle(reports);
      const cells = [
        `${scores.performance} (${Math.min(...points)} to ${Math.max(...points)})`,
        scores.accessibility,
        seconds(times["first-contentful-paint"]),
        seconds(times["largest-contentful-paint"]),
        `${times["total-blocking-time"]} ms`,
        shift.toFixed(3),
      ];
      console.log(`| \`${path}\` | ${device} | ${cells.join(" | ")} |`);
    }
  }
} finally {
  await proxy.close();
  await product.stop();
  await removeState(stateDir);
}

async function load(url: string, device: Device, isSignedIn: boolean): Promise<LighthouseReport[]> {
  const reports: LighthouseReport[] = [];
  for (let count = 0; count < tries; count += 1) {
    const known = isSignedIn ? { signIn } : {};
    reports.push(await runLighthouse(url, { device, categories: ["performance", "accessibility"], ...known }));
  }
  return reports.toSorted((one, other) => (one.scores.performance ?? 0) - (other.scores.performance ?? 0));
}

function inTheMiddle(reports: readonly LighthouseReport[]): LighthouseReport {
  const report = reports[(reports.length - 1) / 2];
  if (report === undefined) throw new Error("nothing was measured");
  return report;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
