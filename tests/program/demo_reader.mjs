// What a person does with the last lines of tools/demo: looks up the seat it names, signs in as the coordinator, as both officers and as the applicant it
// names, and finds the further exams where it says they are.
// node demo_reader.mjs FILE: FILE is what the demo said, and goes on saying. Exits with 1 and the reason when something is not as told.
import { readFileSync } from "node:fs";

import { codeOf } from "../browser/program.mjs";

const read = () => readFileSync(process.argv[2], "utf8");
const told = read();
const find = (expression) => {
  const match = told.match(expression);
  if (!match) throw new Error(`the demo does not say ${expression}`);
  return match.slice(1);
};
// What is said later than the last screen.
const wait = async (expression, seconds) => {
  for (let tries = 0; tries < seconds * 2; ++tries) {
    const found = [...read().matchAll(expression)];
    if (found.length > 0) return found;
    await new Promise((resolve) => { setTimeout(resolve, 500); });
  }
  throw new Error(`the demo does not say ${expression} within ${seconds} s: ${read().slice(-1500)}`);
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
const front = await applicant.ask(`${portal}/en`);
const link = front.text.match(/href="([^"]*\/exams\/[^"]*\/seat)"/);
need(link, "the portal offers no exam to look up");
const form = await applicant.ask(new URL(link[1], portal).href);
const seat = await applicant.ask(form.address, { form_token: token(form), number, birth });
need(seat.status === 200 && seat.text.includes(number) && seat.text.includes("/slip\""), `the seat of ${number} is not shown (${seat.status})`);
const stranger = await applicant.ask(form.address, { form_token: token(form), number, birth: "1900-01-01" });
need(!stranger.text.includes("/slip\""), "a wrong birth date shows the seat");

const [office] = find(/Office +(http:\S+)/);
need(/first sign-in .* authenticator/.test(told), "the demo does not say that an authenticator is set up");
// The first sign-in sets up the authenticator, as the demo says.
async function enterOffice(account, password) {
  const reader = new Reader();
  const entry = await reader.ask(`${office}/en`);
  const step = await reader.ask(entry.address, { form_token: token(entry), next: "", account, password });
  const [, secret] = step.text.match(/<code[^>]*>([A-Z2-7 ]+)<\/code>/) ?? [];
  need(secret, `${account} is not asked to set up an authenticator (${step.status})`);
  await reader.ask(step.address, { form_token: token(step), code: codeOf(secret.replaceAll(" ", ""), 0) });
  const inside = await reader.ask(`${office}/en`);
  need(inside.status === 200 && inside.text.includes(account), `${account} cannot sign in (${inside.status})`);
  return reader;
}
await enterOffice(...find(/coordinator: (\S+), password (\S+)/));

// The further exams: what waits, and for whom.
await wait(/All exams of the demo are there/g, 300);
const officer = await enterOffice(...find(/exam officer: (\S+), password (\S+)/));
const second = await enterOffice(...find(/second officer: (\S+), password (\S+)/));
const home = await officer.ask(`${office}/en/exams`);
for (const exam of ["city-open", "city-planned", "city-next"]) {
  need(told.includes(`${exam}, `), `the demo does not say where ${exam} is to be looked at`);
  need(home.text.includes(`/en/exams/${exam}/thread`), `the officer finds no ${exam} on the first page`);
}
need(/plans to confirm: city-planned/.test(home.text), "no plan waits for the second officer");
const plans = await second.ask(`${office}/en/exams/city-planned/plans`);
const [plan] = plans.text.match(/\/en\/exams\/city-planned\/plans\/[0-9a-f]{64}/) ?? [];
need(plan, `city-planned has no plan (${plans.status})`);
const waiting = await second.ask(office + plan);
need(waiting.text.includes('value="confirm"'), "the second officer cannot confirm the plan");
need((await portalPage("/en")).includes("/en/notices/city-open"), "no notice is open on the portal");

// The applicant: from a device that is not known a code is asked for, which the demo tells.
const [contact, secret] = find(/applicant: (\S+@\S+), password (\S+)/);
const codes = /mail to \S+: code (\d+)/g;
const before = (await wait(codes, 10)).length;
const person = new Reader();
const start = await person.ask(`${portal}/en/sign-in`);
let entered = await person.ask(start.address, { form_token: token(start), next: "", contact, password: secret });
if (/name="code"/.test(entered.text)) {
  let seen = await wait(codes, 1);
  for (let tries = 0; seen.length === before && tries < 60; ++tries) {
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    seen = await wait(codes, 1);
  }
  entered = await person.ask(entered.address, { form_token: token(entered), next: "", code: seen.at(-1)[1] });
}
const own = await person.ask(`${portal}/en/my`);
need(own.status === 200 && own.text.includes("Sample exam: open for applications"), `${contact} finds no application (${own.status})`);

async function portalPage(address) {
  return (await new Reader().ask(portal + address)).text;
}
