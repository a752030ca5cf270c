// What one of the staff has asked for, sent once more by somebody whom it does not concern: as it was, and with an id that
// nobody has. Both must be refused, with the same status and the same words.
import assert from 'node:assert/strict';

// Remembers what a page's whole context asks of the office. Files that were sent are not kept by the browser.
export function recordRequests(page, origin) {
  const asked = new Map();
  page.context().on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin || !/^\/(ko|en|api)\//.test(url.pathname)) return;
    const body = request.method() === 'POST' ? request.postData() : null;
    if (request.method() === 'POST' && body === null) return;
    const bare = (body ?? '').replace(/form_token=[^&]*/, '').replace(/version=\d+/, '').replace(/-{4,}WebKitFormBoundary\w+/g, '');
    asked.set(`${request.method()} ${url.pathname}${url.search} ${bare}`, {
      method: request.method(), address: url.pathname + url.search, body, type: request.headers()['content-type'],
    });
  });
  return asked;
}

const tokenInForm = /(form_token=)[^&]*/;
const tokenInParts = /(name="form_token"\r\n\r\n)[^\r]*/;

async function send(page, origin, one, token, change) {
  const options = { method: one.method, maxRedirects: 0, headers: { accept: one.address.startsWith('/api/') ? 'application/json' : 'text/html' } };
  if (one.method === 'POST') {
    options.headers['content-type'] = one.type;
    options.headers.origin = origin;
    options.data = Buffer.from(change(one.body.replace(tokenInForm, `$1${encodeURIComponent(token)}`).replace(tokenInParts, `$1${token}`)));
  }
  const answer = await page.request.fetch(origin + change(one.address), options);
  return { status: answer.status(), text: await answer.text(), headers: answer.headers() };
}

// Texts of two answers differ in what every answer draws anew, and in the id that was asked for.
function bare(text, ids) {
  let plain = text.replace(/(name="form_token" value=|nonce=)"[^"]*"/g, '$1""')
    .replace(/"instance":\s*"[^"]*"/g, '').replace(/(class="problem-code">.*<code>)[^<]*(<\/code><\/p>)/g, '$1$2');
  for (const id of ids) plain = plain.replaceAll(id, 'ID').replaceAll(encodeURIComponent(id), 'ID');
  return plain;
}

// `altered`: pairs of what concerns the other person alone, and of the same with an id that nobody has. Returns how many
// addresses and forms were refused.
export async function sendAsAnother(page, origin, asked, altered, secrets) {
  const token = await page.locator('input[name=form_token]').first().inputValue();
  let refused = 0;
  for (const one of asked.values()) {
    const concerned = altered.filter(([mine]) => [mine, encodeURIComponent(mine)].some((word) => `${one.address} ${one.body ?? ''}`.includes(word)));
    if (concerned.length === 0 && one.method === 'POST') continue;
    const real = await send(page, origin, one, token, (text) => text);
    const name = `${one.method} ${one.address}`;
    // A form that is refused shows again what was typed into it.
    const typed = decodeURIComponent((one.type?.startsWith('multipart/') ? '' : one.body ?? '').replaceAll('+', ' '));
    for (const secret of secrets) assert.ok(typed.includes(secret) || !real.text.includes(secret), `${name} tells ${secret}`);
    if (concerned.length === 0) continue;
    const other = await send(page, origin, one, token, (text) => concerned.reduce(
      (changed, [mine, nobodys]) => changed.replaceAll(mine, nobodys).replaceAll(encodeURIComponent(mine), encodeURIComponent(nobodys)), text));
    assert.ok(real.status >= 400 && real.status < 500, `${name} is answered with ${real.status}`);
    assert.equal(real.status, other.status, `${name} tells by its status whether it is there`);
    assert.equal(bare(real.text, altered.flat()), bare(other.text, altered.flat()), `${name} tells by its words whether it is there`);
    assert.equal(real.headers['content-disposition'], undefined, name);
    ++refused;
  }
  return refused;
}
