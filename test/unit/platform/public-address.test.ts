import { describe, expect, it } from "vitest";
import { isPublicIp, refuseAddress } from "../../../src/platform/public-address.ts";

/** As the fetcher reads it: what `URL` cannot read is refused before. */
function isRefused(address: string): boolean {
  const url = URL.parse(address);
  return url === null || refuseAddress(url) !== null;
}

describe("a public address", () => {
  it.each([
    "https://example.com/a.jpg",
    "http://example.com/a.jpg",
    "https://example.com:443/a.jpg",
    "http://example.com:80/",
    "https://example.com./a.jpg",
    "https://cdn.local.example.com/a.jpg",
    "https://localhost.example.com/",
    "https://8.8.8.8/a.jpg",
    "https://1.1.1.1/",
    "https://172.15.255.255/",
    "https://172.32.0.1/",
    "https://100.63.255.255/",
    "https://[2606:4700:4700::1111]/a.jpg",
    "https://bücher.example.com/",
    "https://xn--bcher-kva.example.com/",
  ])("is fetched: %s", (address) => {
    expect(isRefused(address)).toBe(false);
  });
});

describe("127.0.0.1, however it is spelt, is not fetched", () => {
  it.each([
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "127.255.255.254",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0x7F.1",
    "017700000001",
    "0177.0.0.1",
    "0177.0.0.01",
    "00000177.0x0.0.1",
    "127.0.0.1.",
    "%31%32%37.0.0.1",
    "１２７.０.０.１",
    "127。0。0。1",
    "①②⑦.0.0.1",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[0000:0000::0001]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:7f00:0001]",
    "[::127.0.0.1]",
    "[::7f00:1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2002:7f00:0001::1]",
    "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
    "[::ffff:0:127.0.0.1]",
    "[::1%25lo]",
    "[::1%lo]",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "app.localhost",
    "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
    "localhost.localdomain",
  ])("%s", (host) => {
    expect(isRefused(`http://${host}/`)).toBe(true);
    expect(isRefused(`https://${host}/`)).toBe(true);
  });
});

describe("what is not on the public internet is not fetched", () => {
  it.each([
    ["this network", "0.0.0.0", "0.255.255.255", "0", "[::]"],
    ["private", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.255.255"],
    ["private, spelt otherwise", "167772161", "0xa000001", "012.0.0.1", "0xc0a80001", "192.168.257", "10.1"],
    ["carrier-grade NAT", "100.64.0.1", "100.127.255.255"],
    ["link-local, and the clouds' metadata", "169.254.0.1", "169.254.169.254", "2852039166", "0xa9fea9fe", "[fe80::1]"],
    ["link-local inside IPv6", "[::ffff:169.254.169.254]", "[64:ff9b::a9fe:a9fe]", "[2002:a9fe:a9fe::1]", "[febf::1]"],
    ["protocol assignments", "192.0.0.1", "192.0.0.170", "192.88.99.1"],
    ["documentation", "192.0.2.1", "198.51.100.7", "203.0.113.9", "[2001:db8::1]", "[3fff::1]"],
    ["benchmarks", "198.18.0.1", "198.19.255.255", "[2001:2::1]"],
    ["multicast", "224.0.0.1", "239.255.255.250", "[ff02::1]", "[ff0e::1]"],
    ["reserved and broadcast", "240.0.0.1", "255.255.255.254", "255.255.255.255", "4294967295"],
    ["unique local", "[fc00::1]", "[fd00:ec2::254]", "[fdff:ffff::1]"],
    ["site-local", "[fec0::1]"],
    ["discard and segment routing", "[100::1]", "[5f00::1]"],
    ["not given out", "[4000::1]", "[8000::1]", "[e000::1]", "[200::1]"],
    ["metadata by name", "metadata", "metadata.google.internal", "instance-data.ec2.internal"],
    [
      "local names",
      "printer",
      "printer.local",
      "nas.lan",
      "db.internal",
      "router.home.arpa",
      "wiki.corp",
      "x.intranet",
    ],
    ["names that end in a number", "example.com.1", "a.0x7f"],
  ])("%s", (_what, ...hosts) => {
    for (const host of hosts) expect(isRefused(`https://${host}/a.jpg`), host).toBe(true);
  });

  it.each([
    "file:///etc/passwd",
    "ftp://example.com/a.jpg",
    "data:image/png;base64,AAAA",
    "gopher://example.com/",
    "javascript:alert(1)",
    "https://user:secret@example.com/",
    "https://user@example.com/",
    "https://example.com:8080/",
    "http://example.com:22/",
    "http://example.com:443@127.0.0.1/",
    "https://example.com:6379/",
    "//example.com/a.jpg",
    "example.com/a.jpg",
    "https://",
    "",
  ])("nor is %s", (address) => {
    expect(isRefused(address)).toBe(true);
  });
});

it("an address that a resolver answers with is looked at in the same way", () => {
  expect(["93.184.216.34", "2606:4700::1111"].map(isPublicIp)).toEqual([true, true]);
  expect(["10.0.0.1", "::1", "::ffff:10.0.0.1", "not an address", ""].some(isPublicIp)).toBe(false);
});
