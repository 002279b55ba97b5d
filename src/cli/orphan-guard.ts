/**
 * Runs beside `npm start`: when that is killed, however hard, its workerd would live on and keep the port and the state.
 * Process ids come in on standard input, one a line; when it closes, they are ended.
 */
import { createInterface } from "node:readline";

const pids = new Set<number>();
const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => pids.add(Number(line)));
lines.on("close", () => {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
});
