// A whole exam by the API alone, as two officers take it from last year's copy to the second publication: set up, opened, decided, frozen, planned, edited,
// confirmed, published, planned anew after a school has dropped out, published again. No command is given but those that stand for last year.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';

import { Mailbox } from './mailbox.mjs';
import { OfficeStage, code, lastYear } from './office_stage.mjs';

const skip = !Mailbox.there() && 'aiosmtpd is not installed';
let stage;

after(async () => { await stage?.close(); });

// The stage of the path that is now.
async function stageNow(officer) {
  const { stages } = await officer.read(`exams/${code}/thread`);
  return stages.find((one) => one.progression === 'now')?.stage;
}

// Proposed by the one, confirmed by the other, put live with the number of people whom it concerns.
async function publish(kim, lee, plan) {
  const steps = `exams/${code}/plans/${plan}/steps`;
  assert.equal((await kim.post(steps, { step: 'propose' })).step, 'proposed');
  assert.equal((await kim.post(steps, { step: 'confirm' }, 409)).code, 'same_officer');
  assert.equal((await lee.post(steps, { step: 'confirm' })).step, 'confirmed');
  // The refusal says what to send if that is meant.
  const asked = await kim.visitor.json(`/api/v1/exams/${code}/live-plans`, { plan }, { 'idempotency-key': randomUUID() });
  if (asked.status === 200) return asked.data;
  assert.equal(asked.status, 409, asked.text);
  return kim.post(`exams/${code}/live-plans`, { plan, ...asked.data.options, reason: 'as was confirmed' });
}

test('two officers take an exam from last year\'s copy to its second publication by the API', { skip }, async () => {
  stage = await OfficeStage.open();
  const kim = await stage.officer('kim');
  const lee = await stage.officer('lee');

  // Copied, its dates confirmed, proposed by the one, confirmed by the other, announced.
  assert.equal((await kim.post(`recruitments/${lastYear}/copies`, { code, weeks: 52, reason: 'this year' }, 201)).code, code);
  assert.ok((await kim.read(`recruitments/${code}/gaps`)).gaps.some((gap) => gap.code === 'dates_unconfirmed' && gap.blocks));
  const step = (officer, word, more = {}) => officer.post(`recruitments/${code}/steps`, { step: word, ...more });
  await step(kim, 'confirm_dates');
  await step(kim, 'second_on');
  assert.deepEqual((await kim.read(`recruitments/${code}/gaps`)).gaps.filter((gap) => gap.blocks), []);
  const { version } = await kim.read(`recruitments/${code}/parts/notice`);
  await step(kim, 'propose', { version });
  assert.equal((await kim.post(`recruitments/${code}/steps`, { step: 'confirm', version }, 409)).code, 'same_officer');
  assert.ok((await lee.read('waiting-work')).waiting.some((one) => one.kind === 'notices' && one.exam === code), 'it waits for the other officer');
  await step(lee, 'confirm', { version });
  assert.equal((await step(lee, 'announce', { concerned: 0 })).state, 'published');

  // Three people apply; one asks for large print, which is granted.
  const people = [await stage.apply(1, true), await stage.apply(2, false), await stage.apply(3, false)];
  assert.equal(await stageNow(kim), 'closed', 'open, and to be closed next');
  assert.ok((await kim.read('waiting-work')).waiting.some((one) => one.kind === 'accommodations' && one.count === 1));
  await kim.post(`applications/${people[0].id}/accommodation-decisions`, { item: 'large_print', decision: 'granted', told: '', reason: 'shown' }, 201);
  assert.equal((await kim.read(`recruitments/${code}/application-table?personal=yes`)).count, 3);

  // Closed and frozen, with last year's schools.
  assert.equal((await kim.post(`exams/${code}/frozen-lists`, { venues: stage.storedExam, concerned: 3 }, 409)).code, 'not_ready');
  await stage.endWindow(kim);
  await kim.order(`recruitments/${code}/closings`, { concerned: 0, reason: 'over' });
  assert.equal(await stageNow(kim), 'frozen');
  const { days } = await kim.read(`exams/${code}/frozen-lists`);
  assert.deepEqual(days.map((day) => [day.exam, day.people, day.ready]), [[code, 3, true]]);
  assert.equal((await kim.order(`exams/${code}/frozen-lists`, { venues: stage.storedExam, concerned: 3, reason: 'on time' })).people, 3);

  // Planned, and edited: the school of most people is closed by hand, undone, done again, and the edited plan stored beside the first.
  await kim.post(`exams/${code}/second-officer`, { reason: 'as always' });
  const plan = await kim.order(`exams/${code}/plans`, { seconds: 1, reason: 'the first one' });
  assert.deepEqual([plan.seated, plan.unseated], [3, 0]);
  const busiest = async (digest) => (await kim.read(`exams/${code}/plans/${digest}/summary`)).venues.toSorted((one, other) => other.people - one.people)[0].venue_code;
  const closed = await busiest(plan.digest);
  let session = await kim.post(`exams/${code}/edits`, { plan: plan.digest });
  const edits = `exams/${code}/edits/${session.session}`;
  const edit = await kim.post(edits, { version: session.version, kind: 'close_venue', venue: closed, reason: 'its heating is broken' });
  assert.deepEqual([edit.stored, edit.broken], [true, []]);
  session = await kim.read(edits);
  session = await kim.post(`${edits}/turns`, { version: session.version, turn: 'undo' });
  session = await kim.post(`${edits}/turns`, { version: session.version, turn: 'redo' });
  const edited = await kim.order(`${edits}/plans`, { version: session.version, reason: 'its heating is broken' });
  assert.notEqual(edited.digest, plan.digest);
  assert.notEqual(await busiest(edited.digest), closed);

  // Published by two, and seen by the people.
  assert.equal((await publish(kim, lee, edited.digest)).plan, edited.digest);
  assert.equal(await stageNow(kim), 'day');
  assert.equal((await people[0].person.get(`/en/my/${people[0].id}/seat`)).status, 200);

  // A school drops out: its rooms go from the table, the exam is planned anew, and that is published by two again.
  const lost = await busiest(edited.digest);
  const rooms = await stage.dropSchool(kim, lost);
  const sent = await kim.visitor.send(`/api/v1/imports?table=rooms&exam=${code}&reason=flood`, {
    method: 'POST', headers: { 'content-type': 'text/csv', accept: 'application/json', 'idempotency-key': randomUUID() }, body: rooms,
  });
  assert.equal(sent.status, 202, sent.text);
  await kim.finish(JSON.parse(sent.text));
  const again = await kim.order(`exams/${code}/replans`, { reason: 'a school has dropped out' });
  assert.notEqual(await busiest(again.digest), lost);
  assert.equal((await publish(kim, lee, again.digest)).plan, again.digest);
  const { live_plans: changes } = await kim.read(`exams/${code}/live-plans`);
  assert.deepEqual(changes.map((change) => change.plan), [again.digest, edited.digest], 'the newest first');
  assert.ok(changes.every((change) => !change.emergency));
  // What the officers did stands in the trail, and whole.
  stage.owned('audit', 'verify');
});
