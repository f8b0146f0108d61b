// A directory with its memory for a database, and a server that uses it: node --import ./loopback.mjs server.mjs FOLDER PORT PLC_PORT
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const [folder, port, plcPort] = process.argv.slice(2);
const plc = require("@did-plc/server");
await plc.PlcServer.create({ db: plc.Database.mock(), port: Number(plcPort) }).start();

mkdirSync(`${folder}/blobs`, { recursive: true });
Object.assign(process.env, {
  LOG_ENABLED: "false",
  PDS_HOSTNAME: "localhost",
  PDS_PORT: port,
  PDS_DATA_DIRECTORY: folder,
  PDS_BLOBSTORE_DISK_LOCATION: `${folder}/blobs`,
  PDS_DEV_MODE: "true",
  PDS_INVITE_REQUIRED: "false",
  PDS_SERVICE_HANDLE_DOMAINS: ".test",
  PDS_DID_PLC_URL: `http://localhost:${plcPort}`,
  PDS_JWT_SECRET: randomBytes(16).toString("hex"),
  PDS_ADMIN_PASSWORD: randomBytes(16).toString("hex"),
  PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX: randomBytes(32).toString("hex"),
  PDS_DISABLE_SSRF_PROTECTION: "true",
  PDS_RATE_LIMITS_ENABLED: "false",
  PDS_CRAWLERS: "",
});
const { PDS, envToCfg, envToSecrets, readEnv } = require("@atproto/pds");
const env = readEnv();
const pds = await PDS.create(envToCfg(env), envToSecrets(env));
await pds.start();
