// Checks a publication package from the words of its contract alone, in another language than the program's.
//   node verify_publication.mjs FOLDER PUBLIC_KEY_HEX [PROOF...]
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const [folder, keyHex, ...proofs] = process.argv.slice(2);
const faults = [];
const must = (holds, what) => { if (!holds) faults.push(what); };
const sha = (...parts) => { const h = createHash("sha256"); parts.forEach((p) => h.update(p)); return h.digest(); };
const file = (name) => readFileSync(`${folder}/${name}`);

const publication = JSON.parse(file("publication.json"));
const { exam, stage, version } = publication;

// The signed note: text, empty line, signatures.
const note = file("checkpoint").toString("utf8");
const gap = note.lastIndexOf("\n\n");
const text = note.slice(0, gap + 1);
const escaped = [...Buffer.from(exam)].map((b) => {
  const c = String.fromCharCode(b);
  return /[A-Za-z0-9._-]/.test(c) ? c : "%" + b.toString(16).toUpperCase().padStart(2, "0");
}).join("");
const origin = `hanjari/${escaped}/${stage}/${version}`;
const rawKey = Buffer.from(keyHex, "hex");
const key = createPublicKey({ key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), rawKey]), format: "der", type: "spki" });
const keyId = sha(origin, "\n", Buffer.from([1]), rawKey).subarray(0, 4);
const isSigned = note.slice(gap + 2).trimEnd().split("\n").some((line) => {
  const [dash, name, base64] = line.split(" ");
  const bytes = Buffer.from(base64 ?? "", "base64");
  return dash === "—" && name === origin && bytes.subarray(0, 4).equals(keyId) && verify(null, Buffer.from(text), key, bytes.subarray(4));
});
must(isSigned, "the checkpoint is not signed by this key");
const [statedOrigin, size, rootBase64, extension] = text.split("\n");
const root = Buffer.from(rootBase64, "base64").toString("hex");
must(statedOrigin === origin, "the checkpoint is of another publication");
must(extension === `publication ${sha(file("publication.json")).toString("hex")}`, "publication.json is not the one signed");
must(root === publication.root && Number(size) === publication.leaves, "publication.json has another root");

// The tree of RFC 6962, by its recursive definition.
const node = (left, right) => sha(Buffer.from([1]), left, right);
const half = (n) => { let k = 1; while (k * 2 < n) k *= 2; return k; };
const rootOf = (leaves) => leaves.length === 0 ? sha("") : leaves.length === 1 ? leaves[0]
  : node(rootOf(leaves.slice(0, half(leaves.length))), rootOf(leaves.slice(half(leaves.length))));
const leaves = file("leaves.txt").toString().split("\n").filter(Boolean).map((hex) => Buffer.from(hex, "hex"));
must(leaves.length === publication.leaves && rootOf(leaves).toString("hex") === root, "the leaves do not give the root");

// The list.
must(sha(file("list.csv")).toString("hex") === publication.list_sha256, "list.csv is not the one signed");
const [header, ...rows] = file("list.csv").toString("utf8").trimEnd().split("\n");
must(header === "unit_code,applicant_number", "list.csv has another header");
const sortKey = (row) => Buffer.from(row.replace(",", "\0"));
must(rows.every((row, i) => i === 0 || Buffer.compare(sortKey(rows[i - 1]), sortKey(row)) < 0), "list.csv is not sorted, or a row stands twice");
must(!publication.withdrawn || rows.length === 0, "a withdrawn publication has a list");

// The root to which a path leads from a leaf, by the recursive definition.
const climb = (leaf, index, count, path) => {
  if (count === 1) return path.length === 0 ? leaf : null;
  if (path.length === 0) return null;
  const k = half(count);
  const sibling = Buffer.from(path.at(-1), "hex");
  const below = index < k ? climb(leaf, index, k, path.slice(0, -1)) : climb(leaf, index - k, count - k, path.slice(0, -1));
  return below && (index < k ? node(below, sibling) : node(sibling, below));
};
for (const name of proofs) {
  const proof = JSON.parse(readFileSync(name));
  const bytes = Buffer.from(proof.record, "base64");
  const record = JSON.parse(bytes);
  const reached = proof.index < proof.leaves ? climb(sha(Buffer.from([0]), bytes), proof.index, proof.leaves, proof.path) : null;
  must(reached && reached.toString("hex") === root && proof.root === root && proof.leaves === publication.leaves, `${name}: does not lead to the root`);
  must(record.exam === exam && record.stage === stage && record.version === version, `${name}: is of another publication`);
  const passed = ["passed", "passed_equality"].includes(record.outcome);
  must(passed === rows.includes(`${record.unit_code},${record.applicant_number}`), `${name}: says something else than the list`);
}
faults.forEach((fault) => console.log(fault));
process.exit(faults.length === 0 ? 0 : 1);
