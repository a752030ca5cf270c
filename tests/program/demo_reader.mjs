// What a person does with the last lines of tools/demo: looks up the seat it names and signs in as the coordinator it names.
// node demo_reader.mjs FILE: FILE is what the demo said. Exits with 1 and the reason when something is not as told.
import { readFileSync } from "node:fs";

import { codeOf } from "../browser/program.mjs";

const told = readFileSync(process.argv[2], "utf8");
const find = (expression) => {
  const match = told.match(expression);
  if (!match) throw new Error(`the demo does not say ${expression}`);
  return match.slice(1);
};

// A reader with cookies who follows redirections.
class Reader {
  cookies = new Map();
  async ask(address, form) {
    let response = await this.send(address, form);
    for (let hop = 0; hop < 5 && [302, 303].includes(response.status); ++hop) {
      address = new URL(response.headers.get("location"), address).href;
      response = await this.send(address);
    }
    return { address, status: response.status, text: await response.text() };
  }
  async send(address, form) {
    const headers = { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "), origin: new URL(address).origin };
    const body = form && new URLSearchParams(form);
    const response = await fetch(address, { method: form ? "POST" : "GET", headers, body, redirect: "manual" });
    for (const cookie of response.headers.getSetCookie?.() ?? [response.headers.get("set-cookie")].filter(Boolean)) {
      const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/);
      this.cookies.set(name, value);
    }
    return response;
  }
}
const token = (page) => page.text.match(/name="form_token" value="([^"]*)"/)[1];
const need = (truth, what) => {
  if (!truth) throw new Error(what);
};

const [portal] = find(/Portal +(http:\S+)/);
const [number, birth] = find(/applicant number (\S+), birth date (\S+)/);
const applicant = new Reader();
const home = await applicant.ask(`${portal}/en`);
const link = home.text.match(/href="([^"]*\/exams\/[^"]*\/seat)"/);
need(link, "the portal offers no exam to look up");
const form = await applicant.ask(new URL(link[1], portal).href);
const seat = await applicant.ask(form.address, { form_token: token(form), number, birth });
need(seat.status === 200 && seat.text.includes(number) && seat.text.includes("/slip\""), `the seat of ${number} is not shown (${seat.status})`);
const stranger = await applicant.ask(form.address, { form_token: token(form), number, birth: "1900-01-01" });
need(!stranger.text.includes("/slip\""), "a wrong birth date shows the seat");

const [office] = find(/Office +(http:\S+)/);
const [account, password] = find(/coordinator: (\S+), password (\S+)/);
const coordinator = new Reader();
const entry = await coordinator.ask(`${office}/en`);
// The first sign-in sets up the authenticator, as the demo says.
need(/first sign-in .* authenticator/.test(told), "the demo does not say that an authenticator is set up");
const step = await coordinator.ask(entry.address, { form_token: token(entry), next: "", account, password });
const [, secret] = step.text.match(/<code[^>]*>([A-Z2-7 ]+)<\/code>/) ?? [];
need(secret, `${account} is not asked to set up an authenticator (${step.status})`);
await coordinator.ask(step.address, { form_token: token(step), code: codeOf(secret.replaceAll(" ", ""), 0) });
const inside = await coordinator.ask(`${office}/en`);
need(inside.status === 200 && inside.text.includes(account), `${account} cannot sign in (${inside.status})`);
