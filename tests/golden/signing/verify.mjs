// Verifies a credential that is signed inside (eddsa-jcs-2022) or outside (a JWT with EdDSA), with what
// node brings and nothing of ours. Exit code 0: valid. Used by src/platform/signing/credentials_test.cpp.
import {createHash, createPublicKey, verify} from 'node:crypto';
import {readFileSync} from 'node:fs';

const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const fromBase58 = text => {
  let number = 0n;
  for (const letter of text) {
    if (!letters.includes(letter)) throw new Error(`no letter of base58: ${letter}`);
    number = number * 58n + BigInt(letters.indexOf(letter));
  }
  const hex = number === 0n ? '' : number.toString(16);
  const zeros = text.length - text.replace(/^1+/, '').length;  // each stands for a byte of 0
  return Buffer.concat([Buffer.alloc(zeros), Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')]);
};

// RFC 8785 in the words of JavaScript, by which it is defined.
const canonical = value => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.keys(value).sort().map(key => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
};
const sha256 = text => createHash('sha256').update(text).digest();

const keyOf = method => {
  const bytes = fromBase58(method.split('#')[1].slice(1));
  if (bytes[0] !== 0xed || bytes[1] !== 0x01 || bytes.length !== 34) throw new Error('no key of Ed25519');
  const jwk = {kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(2).toString('base64url')};
  return createPublicKey({key: jwk, format: 'jwk'});
};

const verifyProof = document => {
  const {proof, ...unsecured} = document;
  const {proofValue, ...options} = proof;
  if (proof.cryptosuite !== 'eddsa-jcs-2022') throw new Error(`another suite: ${proof.cryptosuite}`);
  const hashed = Buffer.concat([sha256(canonical(options)), sha256(canonical(unsecured))]);
  return verify(null, hashed, keyOf(proof.verificationMethod), fromBase58(proofValue.slice(1)));
};

const verifyJwt = jwt => {
  const [header, payload, signature] = jwt.split('.');
  const {alg, jwk, kid} = JSON.parse(Buffer.from(header, 'base64url'));
  if (alg !== 'EdDSA') throw new Error(`another algorithm: ${alg}`);
  const key = createPublicKey({key: jwk, format: 'jwk'});
  if (!key.equals(keyOf(kid))) throw new Error('two keys');
  return verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
};

const text = readFileSync(process.argv[2], 'utf8');
process.exit((text.startsWith('{') ? verifyProof(JSON.parse(text)) : verifyJwt(text)) ? 0 : 1);
