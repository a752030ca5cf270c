// What the two stories of a whole exam in the office share: the real program with last year's exam and notice, a mail server, people who apply, and the
// clock's part, which no story can wait for.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { Mailbox } from './mailbox.mjs';
import { greyJpeg } from './portrait.mjs';
import { Program, codeOf, password, table } from './program.mjs';
import { Visitor } from './visitor.mjs';

export const lastYear = 'office-1';
export const code = 'office-2';
// Of letters; the program of a story listens elsewhere.
export const portalAddress = 'https://exam.example.org';
const weeks = 52;

const moment = (seconds) => new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
const year = weeks * 7 * 86_400;

export class OfficeStage {
  static async open() {
    const stage = new OfficeStage();
    stage.program = new Program(process.env.HANJARI_PROGRAM);
    stage.mailbox = await Mailbox.open(stage.program.folder);
    const exam = path.join(stage.program.folder, 'last-year');
    stage.run('sample', '--out', exam, '--applicants', '60', '--venues', '3', '--units', '2', '--cap', '15', '--seed', '11');
    stage.storedExam = JSON.parse(readFileSync(path.join(exam, 'exam.json'), 'utf8')).code;
    stage.owned('import', exam);
    stage.saveLastYear(exam);
    for (const name of ['kim', 'lee', 'park']) stage.owned('account', 'add', name, '--role', 'exam_officer');
    const settings = path.join(stage.program.folder, 'hanjari.properties');
    writeFileSync(settings, `mail.host = 127.0.0.1\nmail.port = ${stage.mailbox.port}\nmail.from = exam@example.org\nportal.address = ${portalAddress}\n`);
    await stage.program.serve({ settings });
    return stage;
  }

  run(...words) { return this.program.run(...words); }
  owned(...words) { return this.run(...words, '--data', this.program.data); }

  // A year ago its applications were open at this minute; it takes no fee.
  saveLastYear(exam) {
    const folder = path.join(this.program.folder, 'notice');
    mkdirSync(folder, { recursive: true });
    const header = JSON.parse(readFileSync(path.join(exam, 'exam.json'), 'utf8'));
    const school = table(path.join(exam, 'venues.csv')).find((row) => row.kind === 'regular');
    const until = moment(3_600 - year);
    writeFileSync(path.join(folder, 'recruitment.json'), JSON.stringify({
      ...header, code: lastYear, name_ko: '지난해 공개경쟁임용시험', name_en: 'Open competition of last year', exam_on: moment(10 * 86_400 - year).slice(0, 10), time_zone: 'Asia/Seoul',
      calendars: [{ name: 'regular', exam_on: moment(10 * 86_400 - year).slice(0, 10), apply_from: moment(-3_600 - year), apply_until: until, cancel_until: until }],
      defaults: { fee_won: 0, duration_min: 100 },
      units: [{ unit_code: '101', series_ko: '일반행정', series_en: 'General administration', grade: 9, posts: 3 }],
      areas: [{ code: 'here', name_ko: '가온동', name_en: 'Gaon-dong', district_code: school.district_code, lat: Number(school.lat), lon: Number(school.lon) }],
      accommodations: [{ item: 'large_print', proof: 'optional' }],
    }));
    this.owned('recruitment', 'save', path.join(folder, 'recruitment.json'));
  }

  // Somebody with an account who has sent a form; `wish`: asks for large print.
  async apply(number, wish) {
    const contact = `person-${number}@example.org`;
    const person = new Visitor(this.program.portal);
    const asked = await person.post('/en/sign-up', { contact, new_password: password });
    assert.equal(asked.status, 303, asked.text);
    const letter = await this.mailbox.wait((one) => one.to === contact, `to ${contact}`);
    assert.equal((await person.post(asked.location, { code: letter.body.match(/\b\d{6}\b/)[0] })).status, 303);
    const form = {
      unit: '101', name: '김하늘', phone: '010-1234-5678', email: contact, area: 'here', address: '서울특별시 종로구 자하문로 1', consents: true, consents_identifier: true,
      ...(wish ? { consents_sensitive: true, accommodations: [{ item: 'large_print', reason: '저시력', documents: [] }] } : {}),
    };
    await person.get(`/en/apply/${code}`);
    const notice = `/api/v1/recruitments/${code}`;
    const saved = await person.json(`${notice}/drafts`, { form, resident_number: `9503${String(number + 10)}-2${String(number).padStart(6, '0')}` }, { 'idempotency-key': randomUUID() });
    assert.equal(saved.status, 200, saved.text);
    assert.equal((await person.post(`/en/apply/${code}/photo`, { cut: 'yes' }, { photo: ['photo.jpg', greyJpeg(), 'image/jpeg'] })).status, 303);
    const draft = JSON.parse((await person.get(`${notice}/drafts`)).text);
    const sent = await person.json(`${notice}/applications`, {}, { 'idempotency-key': draft.submission_key });
    assert.equal(sent.status, 201, sent.text);
    return { person, id: sent.data.id };
  }

  // An officer at the API, signed in for the first time.
  async officer(name) {
    const officer = new ApiOfficer(this.program.office);
    assert.equal((await officer.visitor.post('/en/sign-in', { account: name, password })).location, '/en/second-step');
    const secret = (await officer.visitor.get('/en/second-step')).text.match(/<code[^>]*>([A-Z2-7 ]+)<\/code>/)[1].replaceAll(' ', '');
    assert.equal((await officer.visitor.post('/en/second-step', { code: codeOf(secret, 0) })).status, 200);
    return officer;
  }

  // The window is made to have ended two minutes ago, in an emergency: that is a change which applicants see. `officer` is one of the API.
  async endWindow(officer) {
    const part = await officer.read(`recruitments/${code}/parts/notice`);
    const definition = part.definition;
    for (const name of ['apply_until', 'cancel_until']) definition.calendars[0][name] = moment(-120);
    const body = { base_version: part.version, definition, emergency: true, reason: 'the story cannot wait' };
    const save = (concerned) => officer.visitor.json(`/api/v1/recruitments/${code}/parts/notice`, { ...body, concerned }, { 'idempotency-key': randomUUID() });
    let saved = await save(0);
    // Whoever may no longer withdraw is counted first.
    if (saved.status === 409 && saved.data.concerned > 0) saved = await save(saved.data.concerned);
    assert.equal(saved.status, 200, saved.text);
    assert.equal(saved.data.saved, true, saved.text);
  }

  // The rooms of the stored exam without those of one school, as an officer sends the table back.
  async dropSchool(officer, venue) {
    const rooms = (await officer.visitor.get(`/api/v1/exams/${code}/tables/rooms.csv`)).text.replace(/^\ufeff/, '');
    const [head, ...lines] = rooms.trimEnd().split('\n');
    const left = lines.filter((line) => line.split(',')[head.split(',').indexOf('venue_code')] !== venue);
    assert.ok(left.length > 0 && left.length < lines.length, `${venue} is one of several schools with rooms`);
    return `${[head, ...left].join('\n')}\n`;
  }

  async close() {
    await this.program.stop();
    this.mailbox.close();
    this.program.remove();
  }
}

// Calls below /api/v1, each with what it has to be answered with.
export class ApiOfficer {
  constructor(origin) { this.visitor = new Visitor(origin); }

  async read(address) {
    const answer = await this.visitor.send(`/api/v1/${address}`, { headers: { accept: 'application/json' } });
    assert.equal(answer.status, 200, `${address}: ${answer.text}`);
    return JSON.parse(answer.text);
  }

  async post(address, body, status = 200) {
    const answer = await this.visitor.json(`/api/v1/${address}`, body, { 'idempotency-key': randomUUID() });
    assert.equal(answer.status, status, `${address}: ${answer.text}`);
    return answer.data;
  }

  // The result of a job that a call has ordered.
  async finish({ job }) {
    for (let looks = 0; looks < 600; ++looks) {
      const now = await this.read(`jobs/${job}`);
      if (now.state === 'done') return now.result;
      assert.ok(now.state === 'waiting' || now.state === 'running', JSON.stringify(now));
      await new Promise((resolve) => { setTimeout(resolve, 200); });
    }
    throw new Error(`job ${job} is not done`);
  }

  order(address, body) { return this.post(address, body, 202).then((ordered) => this.finish(ordered)); }
}
