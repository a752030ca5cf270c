// A result that the browser opens at the minute is read aloud as the page that the server makes of it: what is Korean on an English page
// says so. The page and the sealed record are made here; only the script is the real one.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { webcrypto } from 'node:crypto';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { closeBrowser, launched, newPage } from './applicant_pages.mjs';

const script = readFileSync(path.join(process.env.HANJARI_LOOK ?? '../../web/look', 'site.js'));
const article = {
  en: '<article class="result" lang="en"><h2>Passed</h2><dl><dt>Exam</dt><dd>2027년 지방공무원 9급</dd><dt>Unit</dt><dd>General (일반행정)</dd></dl><ul><li>면접에 응하십시오.</li></ul>'
    + '<p>Write to 서울특별시 인재개발원, office 3</p><div lang="ko"><p>이미 한국어</p></div></article>',
  ko: '<article class="result" lang="ko"><h2>합격</h2><p>등록하십시오.</p></article>',
};
const base64 = (bytes) => Buffer.from(bytes).toString('base64');
const text = (words) => new TextEncoder().encode(words);
let server;
let address;

// As the program seals it: a length and the texts of both languages, under a key of which the last part comes at the minute.
async function seal() {
  const release = webcrypto.getRandomValues(new Uint8Array(32));
  const secret = webcrypto.getRandomValues(new Uint8Array(16));
  const nonce = webcrypto.getRandomValues(new Uint8Array(12));
  const publication = 'publication-1';
  const material = await webcrypto.subtle.importKey('raw', release, 'HKDF', false, ['deriveKey']);
  const key = await webcrypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: secret, info: text('hanjari result 1') }, material,
    { name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  const words = text(JSON.stringify(article));
  const padded = new Uint8Array(4096);
  new DataView(padded.buffer).setUint32(0, words.length);
  padded.set(words, 4);
  const sealed = await webcrypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: text(publication) }, key, padded);
  return {
    record: { publication, secret: base64(secret), record: base64(Buffer.concat([nonce, Buffer.from(sealed)])) },
    release: { released: true, publication, key: Buffer.from(release).toString('hex') },
  };
}

before(async () => {
  const made = await seal();
  const page = (language) => `<!doctype html><html lang="${language}"><title>x</title><section id="result-waiting" data-record="/record" data-release="/release"><p>wait</p></section>`
    + '<script src="/site.js" defer></script></html>';
  server = createServer((request, response) => {
    const answer = (type, body) => response.writeHead(200, { 'Content-Type': type }).end(body);
    if (request.url === '/site.js') answer('text/javascript', script);
    else if (request.url === '/record' || request.url === '/release') answer('application/json', JSON.stringify(made[request.url.slice(1)]));
    else answer('text/html; charset=utf-8', page(request.url.slice(1, 3)));
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  address = `http://127.0.0.1:${server.address().port}`;
});
after(async () => {
  await closeBrowser();
  server.closeAllConnections();
  server.close();
});

async function opened(t, language) {
  const context = await (await launched()).newContext({ viewport: { width: 390, height: 844 } });
  t.after(() => context.close());
  const page = await newPage(context);
  await page.goto(`${address}/${language}`);
  await page.waitForSelector('#result-waiting article');
  return page;
}

// Red while the script put the article into the page as it came.
test('a result that the browser opens on an English page says what of it is Korean', async (t) => {
  const page = await opened(t, 'en');
  assert.deepEqual(await page.locator('#result-waiting bdi[lang=ko]').allTextContents(),
    ['2027년 지방공무원 9급', '일반행정', '면접에 응하십시오.', '서울특별시 인재개발원']);
  assert.equal(await page.locator('#result-waiting [lang=ko] bdi').count(), 0, 'what says already that it is Korean');
  assert.equal(await page.locator('#result-waiting h2').innerHTML(), 'Passed');
});

test('on a Korean page nothing is marked', async (t) => {
  const page = await opened(t, 'ko');
  assert.equal(await page.locator('#result-waiting bdi').count(), 0);
});
