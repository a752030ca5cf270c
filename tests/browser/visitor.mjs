// Somebody with a cookie jar who reads pages and sends forms over plain HTTP, and keeps every address that was met.
export class Visitor {
  constructor(origin) {
    this.origin = origin;
    this.cookies = new Map();
    this.addresses = [];
  }

  async send(address, options = {}) {
    const url = new URL(address, this.origin);
    this.addresses.push(url.href);
    const response = await fetch(url, {
      redirect: 'manual', ...options,
      headers: { accept: 'text/html', ...options.headers, cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0].split('=');
      if (/Max-Age=0/.test(cookie)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    if (response.headers.has('location')) this.addresses.push(response.headers.get('location'));
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, location: response.headers.get('location'), bytes, text: bytes.toString('utf8') };
  }

  get(address) { return this.send(address); }

  async token(page) {
    const { text } = await this.get(page);
    const hidden = (name) => text.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1];
    return { form_token: hidden('form_token'), version: hidden('version') };
  }

  // The form of `page` with these fields; `files`: field -> [name, bytes, type].
  async post(page, fields, files = null, action = page) {
    const hidden = await this.token(page);
    const values = Object.entries({ ...hidden, ...fields }).filter(([, value]) => value !== undefined);
    if (!files) return this.send(action, { method: 'POST', body: new URLSearchParams(values) });
    const body = new FormData();
    for (const [name, value] of values) body.append(name, value);
    for (const [name, [file, bytes, type]] of Object.entries(files)) body.append(name, new Blob([bytes], { type }), file);
    return this.send(action, { method: 'POST', body });
  }

  async json(address, body, headers = {}) {
    const answer = await this.send(address, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json', ...headers }, body: JSON.stringify(body) });
    return { ...answer, data: answer.text.startsWith('{') ? JSON.parse(answer.text) : null };
  }
}
