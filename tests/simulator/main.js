// @ts-check
// Starts the simulator and says where it is: one line on the standard output. It ends with its standard
// input, so that it never outlives who started it.
//   node main.js [--port N] [--latency MS] [--seed N] [--shrink N]
import { Simulator } from "./simulator.js";

/** @param {string} name */
function option(name) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : Number(process.argv[at + 1]);
}

const simulator = new Simulator({
  port: option("port"),
  latencyMs: option("latency"),
  seed: option("seed"),
  shrink: option("shrink"),
});
console.log(await simulator.open());
process.stdin.on("end", () => process.exit(0)).resume();
