// The style sheet that pages load is what the templates use of a larger one, and nothing that matters is lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { customProperties, cut, usedNames } from '../../web/cut_style.mjs';

const used = usedNames('<p class="a b{{#x}} c{{/x}}" id="d">');

test('names stand in class and id, also inside sections', () => {
  assert.deepEqual([...used].sort(), ['a', 'b', 'c', 'd']);
});

test('a rule stays when every name of a selector is used', () => {
  assert.equal(cut('.a .b{x:1;}', used), '.a .b{x:1;}\n');
  assert.equal(cut('.a .z{x:1;}', used), '');
  assert.equal(cut('.z, .a:hover{x:1;}', used), '.a:hover{x:1;}\n');
  assert.equal(cut('p{x:1;}', used), 'p{x:1;}\n');
  assert.equal(cut('.a:not(.z){x:1;}', used), '.a:not(.z){x:1;}\n');
  assert.equal(cut(':is(.a, .b) p{x:1;}', used), ':is(.a, .b) p{x:1;}\n');
});

test('conditions stay around what is kept and vanish around nothing', () => {
  assert.equal(cut('@media (x){.a{y:1;}.z{y:2;}}', used), '@media (x){.a{y:1;}\n}\n');
  assert.equal(cut('@media (x){.z{y:2;}}', used), '');
  assert.equal(cut('[data-krds-mode=theme] .a{y:1;} [data-krds-mode=high-contrast] .a{y:2;}', used), '[data-krds-mode=theme] .a{y:1;}\n');
  assert.equal(cut('@charset "utf-8"; /* .a{} */ @import "x"; .a{y:1;}', used), '.a{y:1;}\n');
});

test('custom properties stay with those they are made of', () => {
  assert.equal(customProperties(':root { --one: 1; --two: var(--one); --three: 3; }', '.a{x:var(--two)}'), ':root{--one:1;--two:var(--one);}');
});
