// Opens a sealed record as a browser does, with WebCrypto alone.
//   node open_record.mjs KEY_HEX SECRET_HEX PLACE RECORD_HEX
const [key, secret, place, record] = process.argv.slice(2);
const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const text = (string) => new TextEncoder().encode(string);
const { subtle } = globalThis.crypto ?? (await import("node:crypto")).webcrypto;
const material = await subtle.importKey("raw", bytes(key), "HKDF", false, ["deriveKey"]);
const own = await subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt: bytes(secret), info: text("hanjari result 1") }, material,
  { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
const sealed = bytes(record);
const padded = new Uint8Array(await subtle.decrypt({ name: "AES-GCM", iv: sealed.slice(0, 12), additionalData: text(place) }, own,
  sealed.slice(12)));
const length = new DataView(padded.buffer).getUint32(0);
process.stdout.write(new TextDecoder().decode(padded.slice(4, 4 + length)));
