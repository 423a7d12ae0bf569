// The portal under test: a server of our own on a free port and an empty folder, or, with REMIX_URL, one that runs already.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
/** A first start makes a database and loads the demonstration. */
const PATIENCE_MS = 240_000;

/** Starts the portal. Gives its address, how to stop it, and, where it is our own, how to import a file. */
export async function startPortal() {
  if (process.env.REMIX_URL) {
    const url = process.env.REMIX_URL.replace(/\/$/, "");
    await ready(url, () => undefined);
    return { url, stop: async () => {} };
  }
  const program = process.env.REMIX_BINARY ?? join(ROOT, "target/debug/remix");
  const folder = await mkdtemp(join(tmpdir(), "remix-browser-"));
  const listen = `127.0.0.1:${await freePort()}`;
  const server = spawn(program, ["serve", "--var", folder, "--listen", listen], { stdio: ["ignore", "pipe", "pipe"] });
  const log = [];
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (bytes) => log.push(bytes.toString()));
  let ended;
  const end = new Promise((done) => {
    server.once("error", (error) => done((ended = `could not be started: ${error.message}`)));
    server.once("exit", (code, signal) => done((ended ??= `ended with ${code ?? signal}`)));
  });
  const stop = async () => {
    if (!ended) server.kill("SIGTERM");
    const late = setTimeout(() => server.kill("SIGKILL"), 10_000);
    await end;
    clearTimeout(late);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const url = `http://${listen}`;
    await ready(url, () => ended);
    const run = promisify(execFile);
    return { url, stop, import: (source, file) => run(program, ["import", source, file, "--reason", "a test", "--var", folder]) };
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${program}:\n${log.join("").slice(-4000)}`);
  }
}

/** Waits until the portal is ready and has proposals to show. */
async function ready(url, ended) {
  const until = Date.now() + PATIENCE_MS;
  let last = "";
  while (Date.now() < until) {
    if (ended()) throw new Error(`the server ${ended()}`);
    last = await state(url);
    if (last === "ready") return;
    await new Promise((done) => setTimeout(done, 300));
  }
  throw new Error(`the portal at ${url} is not ready: ${last}`);
}

async function state(url) {
  try {
    const health = await fetch(`${url}/health/ready`);
    if (!health.ok) return `/health/ready answers ${health.status}`;
    const items = await fetch(`${url}/collections/pnrr-projects/items?f=json&limit=1`);
    if (!items.ok) return `the proposals answer ${items.status}`;
    const { features } = await items.json();
    return features.length > 0 ? "ready" : "no proposals are published";
  } catch (error) {
    return error.message;
  }
}

async function freePort() {
  const probe = createServer();
  await new Promise((done) => probe.listen(0, "127.0.0.1", done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}
