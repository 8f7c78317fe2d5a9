// «Сохранить ответы в файл»: the last resort. Its bytes are fixed in docs/formats-answers-file.md.

import { record } from "./outbox.js";

const FORMAT = { format: "orientir-answers", version: 1 };
const PURPOSE = "orientir-answers 1";
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const LONG = 60000; // ms until the browser has surely taken the file

const bytes = (text) => new TextEncoder().encode(text);
const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
const unbase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const hex = (buffer) => [...new Uint8Array(buffer)].map((one) => one.toString(16).padStart(2, "0")).join("");

function base64Long(buffer) {
  const all = new Uint8Array(buffer);
  let text = "";
  for (let at = 0; at < all.length; at += 8192) text += String.fromCharCode(...all.subarray(at, at + 8192));
  return btoa(text);
}

function letter(outbox) {
  const events = outbox.rows.map((row) => {
    const { sitting, ...event } = record(row); // the sitting is said once
    return event;
  });
  return { ...FORMAT, sitting: outbox.sitting, made_at: new Date().toISOString(), events };
}

// For the installation whose public key (raw point) this is; nobody between can read it.
export async function sealed(text, key) {
  const { subtle } = crypto;
  const to = unbase64(key);
  const pair = await subtle.generateKey(CURVE, false, ["deriveBits"]);
  const shared = await subtle.deriveBits({ name: "ECDH", public: await subtle.importKey("raw", to, CURVE, false, []) }, pair.privateKey, 256);
  const ephemeral = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const info = new Uint8Array([...bytes(PURPOSE), ...ephemeral, ...to]);
  const secret = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const cipher = await subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt, info }, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const data = await subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytes(PURPOSE) }, cipher, bytes(text));
  const name = hex(await subtle.digest("SHA-256", to)).slice(0, 16);
  return { ...FORMAT, sealed: { to: name, ephemeral: base64(ephemeral), salt: base64(salt), iv: base64(iv), data: base64Long(data) } };
}

export const canSeal = (key) => Boolean(key && globalThis.crypto?.subtle);

function give(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), LONG);
}

export async function saveFile(outbox, key) {
  const text = JSON.stringify(letter(outbox));
  const stamp = new Date().toISOString().replace(/[-:]/g, "").slice(0, 13).replace("T", "-");
  const content = canSeal(key) ? JSON.stringify(await sealed(text, key)) : text;
  give(content, `orientir-answers-${outbox.sitting.slice(0, 6)}-${stamp}.json`);
}
