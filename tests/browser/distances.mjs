// What stands too close to something else on a page, and moments that are broken. All run in the page.

// Parts of the page, of cards, of forms and of folds that stand below one another with less than 6 px between them; within a field
// its name, its box and its hint belong together and need 3.
export function cramped() {
  const isSeen = (one) => one.getBoundingClientRect().height > 2 && getComputedStyle(one).position !== 'absolute';
  const named = (one) => `${one.localName}${[...one.classList].map((name) => `.${name}`).join('')}`;
  const found = new Set();
  for (const holder of document.querySelectorAll('main, main .card, main form, main .fold, main .search-field')) {
    const children = [...holder.children].filter((one) => getComputedStyle(one).display !== 'inline' && isSeen(one));
    const least = holder.matches('.search-field') ? 3 : 6;
    children.forEach((one, at) => {
      const before = children[at - 1];
      // Boxes to be ticked have their distance within themselves, where a finger may press too.
      if (!before || (one.matches('.choice') && before.matches('.choice'))) return;
      const gap = one.getBoundingClientRect().top - before.getBoundingClientRect().bottom;
      const isBeside = one.getBoundingClientRect().top < before.getBoundingClientRect().bottom - 2;
      if (!isBeside && gap < least) found.add(`${named(holder)}: ${named(one)} stands ${Math.round(gap)} px below ${named(before)}`);
    });
  }
  return [...found];
}

// Buttons and links that look like them with less than 4 px between them.
export function touchingButtons() {
  const found = [];
  const buttons = [...document.querySelectorAll('main .krds-btn')].filter((one) => one.getBoundingClientRect().height > 2);
  buttons.forEach((one, at) => {
    if (at === 0) return;
    const a = buttons[at - 1].getBoundingClientRect();
    const b = one.getBoundingClientRect();
    const across = Math.max(b.left - a.right, a.left - b.right);
    const down = Math.max(b.top - a.bottom, a.top - b.bottom);
    if (across < 4 && down < 4) found.push(`${one.parentElement.localName}.${one.parentElement.className}: the buttons ${buttons[at - 1].textContent.trim()} and ${one.textContent.trim()} touch`);
  });
  return found;
}

// Moments of which a day, a time or a name of the zone stands on two lines.
export function brokenMoments() {
  const found = new Set();
  for (const moment of document.querySelectorAll('main .moment')) {
    const text = moment.firstChild;
    for (const word of text?.data?.matchAll(/[^\s/]+/g) ?? []) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size > 1) found.add(`${word[0]} is broken`);
    }
  }
  return [...found];
}
