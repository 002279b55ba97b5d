import { afterEach, describe, expect, it, vi } from "vitest";
import { MediaFailed, MediaRefused } from "../../src/core/deps.ts";
import { createMediaFetcher, type MediaFetcherOptions } from "../../src/platform/media-fetcher.ts";
import { resolverUrl, webUrl } from "../support/stand-in-facts.ts";

afterEach(() => vi.restoreAllMocks());

const quick = { resolverUrl: null, retryDelaysMs: [1, 1] };

async function fetchText(url: string, options: Partial<MediaFetcherOptions> = {}): Promise<string> {
  const { body } = await createMediaFetcher({ ...quick, ...options }).open(url);
  return new Response(body).text();
}

/** What the caller is told, and whether it was refused for good. */
async function refusal(url: string, options: Partial<MediaFetcherOptions> = {}): Promise<MediaRefused | MediaFailed> {
  const outcome = await fetchText(url, options).catch((error: unknown) => error);
  if (outcome instanceof MediaRefused || outcome instanceof MediaFailed) return outcome;
  throw new Error(`neither refused nor failed: ${String(outcome)}`);
}

const redirectTo = (to: string, status = 302) =>
  `${webUrl}/redirect?${new URLSearchParams({ to, status: String(status) })}`;

describe("a file behind a public address", () => {
  it("arrives, with what the other side says of it", async () => {
    const fetched = await createMediaFetcher(quick).open(`${webUrl}/file?type=Image/PNG;%20q=1&body=abc`);
    expect(fetched).toMatchObject({ size: 3, contentType: "image/png" });
    expect(await new Response(fetched.body).text()).toBe("abc");
  });

  it("may come without its length", async () => {
    const fetched = await createMediaFetcher(quick).open(`${webUrl}/file?length=no&body=abc`);
    expect(fetched.size).toBeNull();
    expect(await new Response(fetched.body).text()).toBe("abc");
  });

  it.each([301, 302, 303, 307, 308])("is found behind a redirect (%d), and behind three", async (status) => {
    expect(await fetchText(redirectTo(`${webUrl}/file?body=found`, status))).toBe("found");
    expect(await fetchText(redirectTo("/file?body=near", status))).toBe("near");
    const third = redirectTo(redirectTo(redirectTo("/file?body=far", status), status), status);
    expect(await fetchText(third)).toBe("far");
  });

  it("is asked for with nothing of the caller's", async () => {
    const text = await fetchText(`${webUrl}/headers`);
    const headers = new Headers(JSON.parse(text.split("\n")[1] ?? "[]"));
    expect(headers.get("Accept")).toContain("image/*");
    expect(headers.get("User-Agent")).toBe("ShujaaStudio/1");
    for (const name of ["Authorization", "Cookie", "Referer", "CF-Connecting-IP"]) expect(headers.get(name)).toBeNull();
  });

  it("is asked for again when the other side is briefly down, and not without end", async () => {
    expect(await fetchText(`${webUrl}/flaky?id=twice&fails=2`)).toMatch(/^media/);
    expect(await refusal(`${webUrl}/flaky?id=always&fails=99`)).toBeInstanceOf(MediaFailed);
    expect(await (await fetch(`${webUrl}/asked?id=always`)).json()).toBe(3);
  });
});

describe("an address that is not public", () => {
  it.each([
    "http://127.0.0.1/",
    "http://2130706433/",
    "https://[::ffff:10.0.0.1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://metadata.google.internal/",
    "http://localhost/",
    "https://files.example.com:8443/file",
    "https://user:secret@files.example.com/file",
    "ftp://files.example.com/file",
    "nonsense",
  ])("%s is refused", async (address) => {
    expect(await refusal(address)).toBeInstanceOf(MediaRefused);
  });

  it.each([
    "http://127.0.0.1/file",
    "http://0x7f.1/file",
    "http://[::1]/file",
    "//localhost/file",
    "http://192.168.1.1/file",
    "file:///etc/passwd",
    "http://renderer/health",
    "https://files.example.com:6379/",
  ])("a redirect to %s is not followed", async (address) => {
    expect(await refusal(redirectTo(address))).toBeInstanceOf(MediaRefused);
    expect(await refusal(redirectTo(redirectTo(address)))).toBeInstanceOf(MediaRefused);
  });

  it.each(["rebind.example.com", "half.example.com", "six.example.com"])(
    "and a name that leads to one (%s) is refused where names are resolved",
    async (name) => {
      expect(await refusal(`https://${name}/file`, { resolverUrl })).toBeInstanceOf(MediaRefused);
      expect(await refusal(redirectTo(`https://${name}/file`), { resolverUrl })).toBeInstanceOf(MediaRefused);
    },
  );

  it("but a name that leads to public ones is fetched, and one that leads nowhere may be tried again", async () => {
    expect(await fetchText(`${webUrl}/file?body=abc`, { resolverUrl })).toBe("abc");
    expect(await refusal("https://nowhere.example.com/file", { resolverUrl })).toBeInstanceOf(MediaFailed);
  });
});

describe("what is no file", () => {
  it.each([
    ["a page", `${webUrl}/file?type=text/html`],
    ["JSON", `${webUrl}/file?type=application/json`],
    ["a playlist", `${webUrl}/file?type=application/vnd.apple.mpegurl`],
    ["404", `${webUrl}/status/404`],
    ["403", `${webUrl}/status/403`],
    ["201", `${webUrl}/status/201`],
    ["a circle of redirects", `${webUrl}/loop`],
    ["four redirects", redirectTo(redirectTo(redirectTo(redirectTo("/file"))))],
    ["a redirect to nowhere", `${webUrl}/redirect?to=`],
  ])("%s is refused", async (_what, url) => {
    const error = await refusal(url);
    expect(error).toBeInstanceOf(MediaRefused);
    expect(error.message).toMatch(/^[A-Z].*\.$/);
  });
});

describe("a body", () => {
  it("that says it is too large is refused before it is read", async () => {
    const fetcher = createMediaFetcher({ ...quick, maxBytes: 9 });
    await expect(fetcher.open(`${webUrl}/file?body=${"a".repeat(10)}`)).rejects.toBeInstanceOf(MediaRefused);
    expect(await fetchText(`${webUrl}/file?body=${"a".repeat(9)}`, { maxBytes: 9 })).toHaveLength(9);
  });

  it("without end is stopped where it is too large", async () => {
    const error = await refusal(`${webUrl}/endless`, { maxBytes: 2_000_000 });
    expect(error).toBeInstanceOf(MediaRefused);
    expect(error.message).toBe("The file is larger than 2 MB.");
  });

  it("that stops coming, or never begins, is given up in time", async () => {
    const slow = await refusal(`${webUrl}/slow`, { limitMs: 300 });
    expect([slow.name, slow.message]).toEqual(["MediaFailed", "The file took too long to arrive."]);
    const hanging = await refusal(`${webUrl}/hang`, { limitMs: 300 });
    expect([hanging.name, hanging.message]).toEqual(["MediaFailed", "The address took too long to answer."]);
  });

  it("that breaks off may be fetched again", async () => {
    const half = new Response("half", { headers: { "Content-Type": "video/mp4", "Content-Length": "8" } });
    vi.spyOn(globalThis, "fetch").mockResolvedValueOnce(half);
    const error = await refusal(`${webUrl}/file`);
    expect([error.name, error.message]).toEqual(["MediaFailed", "The file broke off before its end."]);
  });
});
