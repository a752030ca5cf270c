// Cuts a style sheet down to the rules that a set of templates can use: half a megabyte becomes a few kilobytes, which is
// what a phone waits for.

// Class names and ids that stand in the templates.
export function usedNames(templates) {
  const names = new Set();
  for (const [, , value] of templates.matchAll(/\b(class|id)="([^"]*)"/g)) {
    for (const name of value.replace(/\{\{.*?\}\}/g, ' ').split(/\s+/)) if (name) names.add(name);
  }
  return names;
}

// Splits at commas that stand outside brackets.
function selectorsOf(list) {
  const parts = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= list.length; at++) {
    if (at === list.length || (list[at] === ',' && depth === 0)) {
      parts.push(list.slice(start, at).trim());
      start = at + 1;
    } else if (list[at] === '(') depth++;
    else if (list[at] === ')') depth--;
  }
  return parts;
}

function canMatch(selector, used) {
  if (/data-krds-mode=["']?high-contrast/.test(selector)) return false;  // readers choose light or dark in their system
  const plain = selector.replace(/:not\([^)]*\)/g, '').replace(/\[[^\]]*\]/g, '').replace(/:{1,2}[a-z-]+(\([^)]*\))?/g, '');
  return [...plain.matchAll(/[.#]([\w-]+)/g)].every(([, name]) => used.has(name));
}

// The statements of a block: [head, body] with body null for statements that end in a semicolon.
function* statementsOf(style) {
  let at = 0;
  while (at < style.length) {
    const open = style.indexOf('{', at);
    const semicolon = style.indexOf(';', at);
    if (semicolon >= 0 && (open < 0 || semicolon < open)) {
      yield [style.slice(at, semicolon).trim(), null];
      at = semicolon + 1;
      continue;
    }
    if (open < 0) return;
    let depth = 1;
    let end = open + 1;
    for (; depth > 0 && end < style.length; end++) {
      if (style[end] === '{') depth++;
      else if (style[end] === '}') depth--;
    }
    yield [style.slice(at, open).trim(), style.slice(open + 1, end - 1)];
    at = end;
  }
}

function cutBlock(style, used) {
  let kept = '';
  for (const [head, body] of statementsOf(style)) {
    if (body === null || head.startsWith('@keyframes') || head.startsWith('@font-face')) continue;
    if (head.startsWith('@')) {
      const inner = cutBlock(body, used);
      if (inner) kept += `${head}{${inner}}\n`;
      continue;
    }
    const selectors = selectorsOf(head).filter((selector) => canMatch(selector, used));
    const declarations = body.trim().replace(/\s*\n\s*/g, '');
    if (selectors.length > 0 && declarations) kept += `${selectors.join(',')}{${declarations}}\n`;
  }
  return kept;
}

export function cut(style, used) {
  return cutBlock(style.replace(/\/\*.*?\*\//gs, '').replace(/^\s*@charset[^;]*;/, ''), used);
}

// The custom properties of the token sheet that the style uses, directly or through one another.
export function customProperties(tokens, style) {
  const kept = [];
  const blocks = [...statementsOf(tokens.replace(/\/\*.*?\*\//gs, '').replace(/^\s*@charset[^;]*;/, ''))];
  const wanted = new Set([...style.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name));
  for (let before = -1; before !== wanted.size;) {
    before = wanted.size;
    for (const [, name, value] of tokens.matchAll(/(--[\w-]+):\s*([^;]+);/g)) {
      if (wanted.has(name)) for (const [, other] of value.matchAll(/var\((--[\w-]+)/g)) wanted.add(other);
    }
  }
  const pick = (body) => [...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].filter(([, name]) => wanted.has(name)).map(([, name, value]) => `${name}:${value};`).join('');
  for (const [head, body] of blocks) {
    if (body === null) continue;
    if (head.startsWith('@')) {
      const inner = [...statementsOf(body)].filter(([, declarations]) => declarations !== null)
        .map(([selector, declarations]) => [selector, pick(declarations)]).filter(([, picked]) => picked).map(([selector, picked]) => `${selector}{${picked}}`).join('');
      if (inner) kept.push(`${head}{${inner}}`);
    } else if (pick(body)) kept.push(`${head}{${pick(body)}}`);
  }
  return kept.join('\n');
}
