import type { Latencies } from "./latencies.ts";
import type { watchMemory } from "./memory-log.ts";
import type { Visitor } from "./visitor.ts";

export function latencyTable(latencies: Latencies, seconds: number): string {
  const rows = latencies.rows();
  const lines = rows.map(
    ({ name, answers, p50, p95, p99, worst, errors, refused }) =>
      `| ${name} | ${answers} | ${(answers / seconds).toFixed(1)} | ${p50} | ${p95} | ${p99} | ${worst} | ${errors} | ${refused} |`,
  );
  const wrong = Array.from(latencies.wrong, ([words, count]) => `${count} × ${words}`);
  return [
    "| operation | answers | a second | p50 ms | p95 ms | p99 ms | worst ms | errors | refused by a limit |",
    "|---|---|---|---|---|---|---|---|---|",
    ...lines,
    "",
    wrong.length === 0 ? "Every answer was a good one." : `Not a good answer: ${wrong.join("; ")}.`,
  ].join("\n");
}

export function memoryTable(memory: ReturnType<typeof watchMemory>): string {
  const row = (name: "workerd" | "renderer" | "start") =>
    `| ${name} | ${memory
      .fifths(name)
      .map((value) => value.toFixed(0))
      .join(" | ")} |`;
  return [
    "| resident memory, MiB, means of each fifth | 1st | 2nd | 3rd | 4th | 5th |",
    "|---|---|---|---|---|---|",
    row("workerd"),
    row("renderer"),
    row("start"),
  ].join("\n");
}

/** What had become of their videos when the phase ended. */
export async function videosLine(visitors: readonly Visitor[]): Promise<string> {
  const states = new Map<string, number>();
  let rendered = 0;
  for (const { studio } of visitors) {
    const { data } = await studio.listVideos({ limit: 100 });
    for (const { status } of data) states.set(status, (states.get(status) ?? 0) + 1);
    rendered += data.filter(({ status }) => status === "succeeded").length;
  }
  const rest = Array.from(states, ([status, count]) => `${count} ${status}`).join(", ");
  return `${rendered} videos were finished by then (${rest}).`;
}
