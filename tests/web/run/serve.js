// tools/web serve: node serve.js FOLDER [PORT]
import { startServer } from "./server.js";

const [folder = ".", port = "8080"] = process.argv.slice(2);
try {
  const server = await startServer({
    folders: { "/": folder },
    isolated: true,
    port: Number(port),
  });
  console.log(`web: ${server.url} (Ctrl-C ends it)`);
} catch (error) {
  console.error(
    `web: port ${port} cannot be used: ${/** @type {Error} */ (error).message}`,
  );
  process.exitCode = 1;
}
