// R2's S3 endpoint with an empty bucket "media": node serve.mjs ID SECRET. Prints the endpoint;
// SIGTERM ends it.
import { Miniflare } from "miniflare";

const [accessKeyId, secretAccessKey] = process.argv.slice(2);
const miniflare = new Miniflare({
  host: "127.0.0.1",
  port: 0,
  cf: false,
  compatibilityDate: "2025-06-01",
  modules: true,
  script: "export default { fetch() { return new Response('none'); } };",
  r2Buckets: {
    MEDIA: {
      id: "media",
      s3Credentials: { accessKeyId, secretAccessKey },
    },
  },
});
process.on("SIGTERM", async () => {
  await miniflare.dispose();
  process.exit(0);
});
const address = await miniflare.ready;
console.log(new URL("cdn-cgi/local/r2/s3", address).href);
