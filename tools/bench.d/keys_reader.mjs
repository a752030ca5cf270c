// keys_reader.mjs PORTAL EXAM PACKAGE PLAN: four people at once look for seats, one person of the plan after the other, and compare the name that they are
// shown; on SIGTERM prints how often it was right, how often not, and the slowest answer.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const [portal, exam, folder, plan] = process.argv.slice(2);
const table = (file) => {
  const [head, ...lines] = readFileSync(file, 'utf8').trim().split('\n').map((line) => line.split(','));
  return lines.map((line) => Object.fromEntries(head.map((name, at) => [name, line[at]])));
};
const people = new Map(table(path.join(folder, 'applicants.csv')).map((row) => [row.applicant_id, row]));
const placements = table(path.join(plan, 'placements.csv'));
const address = `${portal}/ko/exams/${exam}/seat`;
const told = { right: 0, wrong: 0, slowest_ms: 0 };
let done = false;
process.on('SIGTERM', () => { done = true; });

async function person(from) {
  const form = await fetch(address);
  const cookie = form.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  const token = (await form.text()).match(/name="form_token" value="([^"]*)"/)[1];
  for (let at = from; !done; at += 4) {
    const { applicant_id: id, applicant_number: number } = placements[at % placements.length];
    const { name, birth_on: birth } = people.get(id);
    const began = performance.now();
    const answer = await fetch(address, { method: 'POST', headers: { cookie }, body: new URLSearchParams({ form_token: token, number, birth }) }).catch(() => null);
    const right = answer?.status === 200 && (await answer.text()).includes(name);
    told[right ? 'right' : 'wrong'] += 1;
    told.slowest_ms = Math.max(told.slowest_ms, Math.round(performance.now() - began));
  }
}

await Promise.all([0, 1, 2, 3].map(person));
console.log(JSON.stringify(told));
