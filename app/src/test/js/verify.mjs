// Verifies deliveries, one JSON object a line on standard input: {"headers": {…}, "body": "…"}. The secret is the argument.
// Symmetric signatures are verified by the Standard Webhooks library, ed25519 ones (a PEM public key as argument) by Node.
import { createPublicKey, verify } from "node:crypto";
import { createInterface } from "node:readline";
import { Webhook } from "standardwebhooks";

const key = process.argv[2];
const isSymmetric = key.startsWith("whsec_");

function isGood({ headers, body }) {
  if (isSymmetric) {
    try {
      new Webhook(key).verify(body, headers);
      return true;
    } catch {
      return false;
    }
  }
  const content = Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`);
  return headers["webhook-signature"]
    .split(" ")
    .filter((signature) => signature.startsWith("v1a,"))
    .some((signature) => verify(null, content, createPublicKey(key), Buffer.from(signature.slice(4), "base64")));
}

let good = 0;
let bad = 0;
for await (const line of createInterface({ input: process.stdin })) {
  isGood(JSON.parse(line)) ? good++ : bad++;
}
console.log(`VERIFIED ${good} BAD ${bad}`);
