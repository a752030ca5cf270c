// Small comforts; every page works without them.
'use strict';

// Errors are read out and reached first.
const errors = document.getElementById('errors');
if (errors) errors.focus();

// What is put into an English page here says what of it is Korean, as the server does with pages that it makes
// (src/platform/site/pages/korean_pieces.cpp, which has the same rules): else it is read aloud as English.
const korean = /[\u3131-\u318e\uac00-\ud7a3]/;
const koreanPiece = /[\u3131-\u318e\uac00-\ud7a3](?:[ ,.\-/()]*[\u3131-\u318e\uac00-\ud7a30-9])*/g;
const keepsBlanks = new Set(['p', 'h1', 'h2', 'h3', 'td', 'th', 'caption', 'strong', 'address', 'dd', 'div']);
function markKorean(root) {
  if (document.documentElement.lang !== 'en') return;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) if (korean.test(walker.currentNode.data)) found.push(walker.currentNode);
  for (const words of found) {
    const element = words.parentElement;
    if (element.closest('svg, textarea, option, title, script, style, bdi, [lang]:not([lang="en"])')) continue;
    const whole = !/[A-Za-z]/.test(words.data);
    if (!whole && !keepsBlanks.has(element.localName)) continue;
    const parts = document.createDocumentFragment();
    let at = 0;
    for (const piece of words.data.matchAll(whole ? /\S(?:[^]*\S)?/g : koreanPiece)) {
      const marked = document.createElement('bdi');
      marked.lang = 'ko';
      marked.textContent = piece[0];
      parts.append(words.data.slice(at, piece.index), marked);
      at = piece.index + piece[0].length;
    }
    parts.append(words.data.slice(at));
    words.replaceWith(parts);
  }
}

// The header of a page that is kept for everybody names nobody. Where this browser has seen a page of somebody who is
// signed in, the server is asked who that is; nothing of the name stays in the browser.
const signedInMark = 'hanjari-signed-in';
function markSignedIn(is) {
  try {
    if (is) localStorage.setItem(signedInMark, 'yes');
    else localStorage.removeItem(signedInMark);
  } catch { /* a browser that stores nothing shows the link as it is */ }
}
function isMarkedSignedIn() {
  try {
    return localStorage.getItem(signedInMark) !== null;
  } catch {
    return false;
  }
}
const nameless = document.querySelector('.top-link[data-own-name]');
if (!nameless) {
  if (document.querySelector('.top-link')) markSignedIn(document.querySelector('.top-link.own') !== null);
} else if (isMarkedSignedIn()) {
  fetch(nameless.dataset.ownName).then((answer) => (answer.ok ? answer.json() : {})).then(({ name }) => {
    if (!name) {
      markSignedIn(false);
      return;
    }
    const shown = document.createElement('span');
    shown.className = 'own-name';
    shown.title = name;
    shown.textContent = name;
    const my = document.createElement('span');
    my.textContent = nameless.dataset.my;
    nameless.classList.add('own');
    nameless.replaceChildren(shown, ' ', my);
  }).catch(() => {});
  // What was begun and not submitted, which a page that is the same for everybody cannot say by itself.
  const intro = document.querySelector('main .intro');
  if (intro) {
    fetch('/api/v1/own-unsent', { headers: { 'accept-language': document.documentElement.lang } })
      .then((answer) => (answer.ok ? answer.json() : { unsent: [] })).then(({ unsent }) => {
        for (const one of unsent) {
          const told = document.createElement('p');
          told.className = 'note-bar own-unsent';
          const way = document.createElement('a');
          way.href = one.address;
          way.textContent = one.button;
          told.append(`${one.exam}: ${one.what} `, way);
          intro.after(told);
        }
      }).catch(() => {});
  }
}

// Copying an address, where the browser lets us.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll('button[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      const words = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = words; }, 2000);
    });
  }
}

// A second tap sends nothing while the first one is on its way; the server would give the same answer anyway. Where no
// page comes (a line that broke, a reader who stopped it), the form can be sent again after a while.
const onItsWay = 30000;
const sentForms = new Map();
function markSent(form, button) {
  form.dataset.sent = 'yes';
  const words = button && button.dataset.sending ? [...button.childNodes] : null;
  if (words) {
    button.setAttribute('aria-disabled', 'true');
    button.textContent = button.dataset.sending;
  }
  sentForms.set(form, { button, words, timer: setTimeout(() => letSendAgain(form), onItsWay) });
}
function letSendAgain(form) {
  delete form.dataset.sent;
  const { button, words, timer } = sentForms.get(form) || {};
  clearTimeout(timer);
  if (words) {
    button.removeAttribute('aria-disabled');
    button.replaceChildren(...words);
  }
  sentForms.delete(form);
}
for (const form of document.querySelectorAll('form.once')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault();
    else markSent(form, event.submitter);
  });
}
// Coming back with the browser's own button finds forms that can be sent again.
addEventListener('pageshow', (event) => {
  if (event.persisted) for (const form of document.querySelectorAll('form[data-sent]')) letSendAgain(form);
});

// The time left until closing, counted from the server's clock, not from this device's.
for (const countdown of document.querySelectorAll('.countdown')) {
  const left = countdown.querySelector('.countdown-left');
  const seconds = Number(countdown.dataset.closes) - Number(countdown.dataset.now);
  const began = performance.now();
  const show = () => {
    const rest = Math.max(0, Math.ceil(seconds - (performance.now() - began) / 1000));
    if (rest > 24 * 60 * 60) return;  // days away: the date says enough
    left.hidden = false;
    const two = (value) => String(value).padStart(2, '0');
    if (rest === 0) delete left.dataset.words;
    left.textContent = rest === 0 ? left.dataset.late : `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
    if (rest > 0) setTimeout(show, 1000);
  };
  show();
}

// In the queue: the same submission again when its time has come.
const queue = document.getElementById('queue-form');
if (queue) {
  let rest = Number(queue.dataset.seconds);
  const shown = document.querySelector('.queue-seconds');
  const tick = () => {
    if (rest <= 0) {
      queue.requestSubmit();
      return;
    }
    if (shown) shown.textContent = String(rest);
    rest -= 1;
    setTimeout(tick, 1000);
  };
  tick();
}

// The session has ended: without its files the form is small enough to be kept in the page that says so.
function sendWithoutFiles(form) {
  const files = [...form.querySelectorAll('input[type=file]')];
  const chosen = files.filter((one) => one.files.length > 0);
  if (chosen.length > 0) {
    // Where they were, so that it is said there that they are chosen again.
    for (const [name, value] of [['files_lost', 'yes'], ['files_lost_at', chosen.map((one) => one.name).join(',')]])
      form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  }
  for (const one of files) one.value = '';
  form.submit();
}

// Sending files with a bar that moves. Without an answer the form stays as it is and can be sent again.
function sendWithProgress(form, data, trouble) {
  const bar = document.getElementById('upload-bar');
  const words = document.getElementById('upload-words');
  document.getElementById('upload').hidden = false;
  trouble.hidden = true;
  const request = new XMLHttpRequest();
  request.open('POST', form.action);
  let told = -1;
  request.upload.addEventListener('progress', (event) => {
    if (!event.lengthComputable) return;
    const percent = Math.round(event.loaded * 100 / event.total);
    bar.value = percent;
    if (percent - told >= 10 || percent === 100) words.textContent = `${percent}%`, told = percent;
  });
  const fail = (sentence) => {
    document.getElementById('upload').hidden = true;
    trouble.textContent = sentence;
    markKorean(trouble);
    trouble.hidden = false;
    delete form.dataset.sent;
  };
  request.addEventListener('error', () => fail(trouble.dataset.lost));
  request.addEventListener('load', () => {
    // The form led on to another page, whatever that one has to say.
    const ledOn = request.responseURL && new URL(request.responseURL).pathname !== new URL(form.action, location.href).pathname;
    const ended = request.status === 401 || request.status === 403 || (ledOn && new URL(request.responseURL).pathname.endsWith('/sign-in'));
    if (ended) {
      sendWithoutFiles(form);
      return;
    }
    if ((request.status >= 200 && request.status < 300) || (ledOn && request.status === 422)) {
      location.assign(request.responseURL);
      return;
    }
    const answer = new DOMParser().parseFromString(request.responseText, 'text/html');
    const faults = [...answer.querySelectorAll('.error-summary li, .note-bar, .problem .lead')].map((one) => one.textContent.trim());
    // What was right in the form is saved by now: the next attempt goes on from there, and meets nobody but itself.
    for (const name of ['version', 'draft']) {
      const stored = answer.querySelector(`main input[name=${name}]`);
      if (stored && form.elements[name]) form.elements[name].value = stored.value;
    }
    fail(faults.join(' ') || trouble.dataset.lost);
  });
  request.send(data);
}

// The photo is cut before it is sent: a few kilobytes go over the line instead of megabytes.
const photoForm = document.getElementById('photo-form');
if (photoForm && window.createImageBitmap) {
  const input = document.getElementById('photo');
  const cropper = document.getElementById('cropper');
  const stage = cropper.querySelector('canvas');
  const trouble = document.getElementById('photo-trouble');
  const pen = stage.getContext('2d');
  const crop = { picture: null, x: 0, y: 0, scale: 1, least: 1 };

  const draw = () => {
    const { picture, scale } = crop;
    const limit = (value, size, room) => Math.min(0, Math.max(room - size, value));
    crop.x = limit(crop.x, picture.width * scale, stage.width);
    crop.y = limit(crop.y, picture.height * scale, stage.height);
    pen.imageSmoothingQuality = 'high';
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, stage.width, stage.height);
    pen.drawImage(picture, crop.x, crop.y, picture.width * scale, picture.height * scale);
  };
  const zoom = (factor) => {
    const before = crop.scale;
    crop.scale = Math.min(crop.least * 8, Math.max(crop.least, crop.scale * factor));
    const ratio = crop.scale / before;
    crop.x = stage.width / 2 - (stage.width / 2 - crop.x) * ratio;
    crop.y = stage.height / 2 - (stage.height / 2 - crop.y) * ratio;
    draw();
  };
  // The arrows move the frame, so the picture goes the other way.
  const moves = {
    up: () => { crop.y += 20; draw(); }, down: () => { crop.y -= 20; draw(); },
    left: () => { crop.x += 20; draw(); }, right: () => { crop.x -= 20; draw(); },
    closer: () => zoom(1.1), farther: () => zoom(1 / 1.1),
  };
  input.addEventListener('change', async () => {
    trouble.hidden = true;
    cropper.hidden = true;
    crop.picture = null;
    const file = input.files[0];
    if (!file) return;
    const refuse = (sentence) => {
      trouble.textContent = sentence;
      trouble.hidden = false;
      input.value = '';
    };
    // The same rules as the server's, which never sees the file itself when it was cut here.
    const rules = photoForm.dataset;
    if (file.size > Number(rules.mostBytes)) return void refuse(rules.tooLarge);
    const head = new Uint8Array(await file.slice(0, 3).arrayBuffer());
    if (head[0] !== 0xff || head[1] !== 0xd8 || head[2] !== 0xff) return void refuse(rules.noJpeg);
    try {
      crop.picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    } catch {
      trouble.textContent = trouble.dataset.unreadable;
      trouble.hidden = false;
      return;
    }
    const { width, height } = crop.picture;
    if (width < Number(rules.leastWidth) || height < Number(rules.leastHeight) || width * height > Number(rules.mostPixels)) {
      const small = width * height <= Number(rules.mostPixels);
      crop.picture = null;
      return void refuse(small ? rules.tooSmall : rules.tooLarge);
    }
    crop.least = Math.max(stage.width / crop.picture.width, stage.height / crop.picture.height);
    crop.scale = crop.least;
    crop.x = (stage.width - crop.picture.width * crop.scale) / 2;
    crop.y = (stage.height - crop.picture.height * crop.scale) / 4;
    cropper.hidden = false;
    draw();
  });
  for (const button of cropper.querySelectorAll('[data-move]')) button.addEventListener('click', () => moves[button.dataset.move]());
  stage.addEventListener('keydown', (event) => {
    const move = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right', '+': 'closer', '=': 'closer', '-': 'farther' }[event.key];
    if (!move) return;
    event.preventDefault();
    moves[move]();
  });
  let drag = null;
  stage.addEventListener('pointerdown', (event) => {
    drag = { x: event.clientX, y: event.clientY };
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener('pointermove', (event) => {
    if (!drag || !crop.picture) return;
    const ratio = stage.width / stage.getBoundingClientRect().width;
    crop.x += (event.clientX - drag.x) * ratio;
    crop.y += (event.clientY - drag.y) * ratio;
    drag = { x: event.clientX, y: event.clientY };
    draw();
  });
  stage.addEventListener('pointerup', () => { drag = null; });
  stage.addEventListener('pointercancel', () => { drag = null; });

  photoForm.addEventListener('submit', (event) => {
    if (!crop.picture) return;  // the server does it
    event.preventDefault();
    if (photoForm.dataset.sent) return;
    photoForm.dataset.sent = 'yes';
    stage.toBlob((blob) => {
      const data = new FormData();
      for (const name of ['form_token', 'version', 'draft']) data.set(name, photoForm.elements[name].value);
      data.set('cut', 'yes');
      data.set('photo', blob, 'photo.jpg');
      sendWithProgress(photoForm, data, trouble);
    }, 'image/jpeg', 0.92);
  });
}

// Documents with a bar too, when there are any.
const supportForm = document.getElementById('support-form');
if (supportForm) {
  supportForm.addEventListener('submit', (event) => {
    const chosen = [...supportForm.querySelectorAll('input[type=file]')].some((input) => input.files.length > 0);
    if (!chosen) return;
    event.preventDefault();
    if (supportForm.dataset.sent) return;
    supportForm.dataset.sent = 'yes';
    const data = new FormData(supportForm);
    if (event.submitter && event.submitter.name) data.set(event.submitter.name, event.submitter.value);
    sendWithProgress(supportForm, data, document.getElementById('photo-trouble'));
  });
}

// The time that is left until a release counts down within its last day; without scripts it is that of the page's moment.
const timeLeft = document.querySelector('[data-left]');
if (timeLeft) {
  const end = Date.now() + Number(timeLeft.dataset.left) * 1000;
  const two = (number) => String(number).padStart(2, '0');
  setInterval(() => {
    const seconds = Math.max(0, Math.round((end - Date.now()) / 1000));
    if (seconds < 86400)
      timeLeft.textContent = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }, 1000);
}

// A result that waits: its sealed record is fetched before the minute, and at the minute one tiny object opens it here.
// Without scripts the page is loaded again and the server opens it.
const waitingResult = document.getElementById('result-waiting');
if (waitingResult && window.crypto && crypto.subtle) {
  const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const fromHex = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const text = (string) => new TextEncoder().encode(string);
  let kept = null;
  const open = async (release) => {
    const material = await crypto.subtle.importKey('raw', fromHex(release.key), 'HKDF', false, ['deriveKey']);
    const key = await crypto.subtle.deriveKey(
      {name: 'HKDF', hash: 'SHA-256', salt: bytes(kept.secret), info: text('hanjari result 1')}, material,
      {name: 'AES-GCM', length: 256}, false, ['decrypt']);
    const record = bytes(kept.record);
    const padded = new Uint8Array(await crypto.subtle.decrypt(
      {name: 'AES-GCM', iv: record.slice(0, 12), additionalData: text(kept.publication)}, key, record.slice(12)));
    const length = new DataView(padded.buffer).getUint32(0);
    const result = JSON.parse(new TextDecoder().decode(padded.slice(4, 4 + length)));
    const page = new DOMParser().parseFromString(result[document.documentElement.lang === 'ko' ? 'ko' : 'en'], 'text/html');
    waitingResult.replaceChildren(document.importNode(page.querySelector('article'), true));
    markKorean(waitingResult);
    const links = document.getElementById('result-links');
    if (links) links.hidden = false;
    waitingResult.tabIndex = -1;
    waitingResult.focus();
  };
  const look = async () => {
    let pause = 5000;
    try {
      if (!kept) {
        const answer = await fetch(waitingResult.dataset.record);
        if (answer.ok) kept = await answer.json();
      }
      const answer = await fetch(waitingResult.dataset.release, {cache: 'no-store'});
      const release = await answer.json();
      if (answer.ok && release.released) {
        // What does not open here is told by the server: nobody who was not decided waits for ever.
        if (kept && kept.publication === release.publication) await open(release).catch(() => location.reload());
        else location.reload();
        return;
      }
      // A page that was loaded before says it too, once the release is on hold.
      const held = waitingResult.querySelector('[data-held]');
      if (answer.ok && held) held.hidden = !release.held;
      // Not all at one moment: the last second is spread over a second.
      if (answer.ok) pause = Math.min(30000, Math.max(1000, release.seconds * 1000)) + Math.random() * 1000;
    } catch {
      // A network that fails for a moment: the next look tries again.
    }
    setTimeout(look, pause);
  };
  look();
}

// One letter does what a button of the decision says, while the focus is on its form and in none of its fields.
for (const form of document.querySelectorAll('form.decide')) {
  form.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest('input, select, textarea')) return;
    const letter = event.key.toLowerCase();
    const wanted = [...document.querySelectorAll('[data-letter]')].find((one) => one.dataset.letter === letter);
    if (!wanted) return;
    event.preventDefault();
    wanted.click();
  });
}

// Security keys: the browser asks the key, and the form takes along what it says, as hexadecimal digits.
if (window.PublicKeyCredential && navigator.credentials) {
  const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) || [], (pair) => parseInt(pair, 16));
  const hexOf = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const listOf = (ids) => ids.split(',').filter(Boolean).map((id) => ({type: 'public-key', id: bytesOf(id)}));
  const useKey = ({challenge, ids}) => navigator.credentials.get({publicKey: {
    challenge: bytesOf(challenge), rpId: location.hostname, allowCredentials: listOf(ids), userVerification: 'discouraged', timeout: 60000}});
  const askKey = (form) => {
    const challenge = bytesOf(form.dataset.challenge);
    if (form.dataset.key === 'use') return useKey(form.dataset);
    const name = form.dataset.account;
    return navigator.credentials.create({publicKey: {
      challenge, rp: {id: location.hostname, name: 'Hanjari'}, user: {id: new TextEncoder().encode(name), name, displayName: name},
      pubKeyCredParams: [{type: 'public-key', alg: -7}], excludeCredentials: listOf(form.dataset.ids), attestation: 'none',
      authenticatorSelection: {residentKey: 'discouraged', userVerification: 'discouraged'}, timeout: 60000}});
  };
  for (const form of document.querySelectorAll('form[data-key]')) {
    form.hidden = false;
    const failed = form.querySelector('[data-failed]');
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      failed.hidden = true;
      try {
        const credential = await askKey(form);
        const said = credential.response;
        const fields = {id: credential.rawId, client_data: said.clientDataJSON};
        if (form.dataset.key === 'use') {
          fields.authenticator_data = said.authenticatorData;
          fields.signature = said.signature;
        } else {
          fields.authenticator_data = said.getAuthenticatorData();
          fields.public_key = said.getPublicKey();
        }
        for (const [name, bytes] of Object.entries(fields)) form.elements[name].value = hexOf(bytes);
        HTMLFormElement.prototype.submit.call(form);
      } catch {
        failed.hidden = false;
      }
    });
  }
  // A step that asks for the second factor again takes the key's answer in place of the code.
  for (const button of document.querySelectorAll('[data-factor-key]')) {
    button.hidden = false;
    const {form} = button;
    const factor = button.closest('[data-factor]');
    const failed = factor.querySelector('[data-factor-failed]');
    const code = factor.querySelector('[name=code]');
    // An answer that was given already, on a page that was come back to, is no answer to what is typed now.
    code.addEventListener('input', () => { factor.querySelector('[name=key_id]').value = ''; });
    button.addEventListener('click', async () => {
      failed.hidden = true;
      code.required = false;
      try {
        if (!form.reportValidity()) return;
        const credential = await useKey(factor.dataset);
        const said = credential.response;
        const fields = {id: credential.rawId, client_data: said.clientDataJSON, authenticator_data: said.authenticatorData, signature: said.signature};
        for (const [name, bytes] of Object.entries(fields)) factor.querySelector(`[name=key_${name}]`).value = hexOf(bytes);
        form.requestSubmit();
      } catch {
        failed.hidden = false;
      } finally {
        code.required = true;
      }
    });
  }
}

// Sliders move the number beside them, and what the numbers mean is asked for when a slider rests.
const settingsForm = document.getElementById('settings-form');
if (settingsForm) {
  const ask = async () => {
    if (!settingsForm.reportValidity()) return;
    const wish = new URLSearchParams([...new FormData(settingsForm)].filter(([, value]) => value !== ''));
    try {
      const answer = await fetch(`${settingsForm.action}?${wish}`);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const trial = page.getElementById('settings-trial');
      if (answer.ok && trial) document.getElementById('settings-trial').replaceChildren(...document.importNode(trial, true).childNodes);
    } catch {
      // A network that fails for a moment: the button of the form asks too.
    }
  };
  for (const slider of settingsForm.querySelectorAll('[data-slider]')) {
    const number = document.getElementById(slider.dataset.slider);
    slider.hidden = false;
    if (number.value) slider.value = number.value;
    slider.addEventListener('input', () => { number.value = slider.value; });
    slider.addEventListener('change', ask);
    number.addEventListener('input', () => { if (number.value) slider.value = number.value; });
  }
}

// People dragged from desk to desk fill the form that moves them; the reason is typed and the form is sent as ever.
const dragForms = document.getElementById('drag-forms');
if (dragForms) {
  const fill = (kind, fields) => {
    for (const details of dragForms.querySelectorAll('details')) details.open = details.dataset.kind === kind;
    const form = dragForms.querySelector(`details[data-kind="${kind}"] form`);
    for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
    form.elements.reason.focus();
  };
  let held = null;
  const letGo = () => {
    if (held) held.desk.classList.remove('held');
    held = null;
  };
  for (const drawing of document.querySelectorAll('.room-plan.movable')) {
    drawing.addEventListener('dragstart', (event) => event.preventDefault());
    drawing.addEventListener('pointerdown', (event) => {
      const desk = event.target.closest('[data-number]');
      if (!desk || event.button !== 0) return;
      held = { desk, x: event.clientX, y: event.clientY, moved: false };
    });
  }
  document.addEventListener('pointermove', (event) => {
    if (!held || Math.hypot(event.clientX - held.x, event.clientY - held.y) < 6) return;
    held.moved = true;
    held.desk.classList.add('held');
  });
  document.addEventListener('pointerup', (event) => {
    if (!held) return;
    const { desk, moved } = held;
    letGo();
    if (!moved) return;  // a click: the link says whose form it is
    const stop = (click) => click.preventDefault();  // let go over the own desk: no click was meant
    desk.addEventListener('click', stop);
    setTimeout(() => desk.removeEventListener('click', stop), 0);
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const target = under && under.closest('[data-seat]');
    if (!target || target === desk) return;
    const room = target.closest('svg');
    const number = desk.dataset.number;
    if (target.dataset.number) fill('swap_people', { number, other_number: target.dataset.number });
    else fill('person', { number, to_venue: room.dataset.venue, to_room_no: room.dataset.room, seat_no: target.dataset.seat });
  });
  document.addEventListener('pointercancel', letGo);
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') letGo(); });
}

// The code of an envelope or box, read by the camera where the browser can do that; it can always be typed.
if ('BarcodeDetector' in window && navigator.mediaDevices) {
  for (const button of document.querySelectorAll('button[data-scan]')) {
    button.hidden = false;
    button.addEventListener('click', () => readCode(button));
  }
}
async function readCode(button) {
  // One camera at a time, however often the button is tapped.
  if (button.dataset.reading) return;
  button.dataset.reading = 'yes';
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  } catch {
    button.textContent = button.dataset.refused;
    delete button.dataset.reading;
    return;
  }
  const video = document.createElement('video');
  video.playsInline = true;
  video.muted = true;
  video.className = 'scanner';
  video.srcObject = stream;
  button.after(video);
  await video.play();
  const detector = new BarcodeDetector({ formats: ['qr_code'] });
  const until = Date.now() + 60000;
  let found = [];
  while (found.length === 0 && Date.now() < until) {
    found = await detector.detect(video).catch(() => []);
    await new Promise((next) => { setTimeout(next, 150); });
  }
  stream.getTracks().forEach((track) => track.stop());
  video.remove();
  delete button.dataset.reading;
  if (found.length === 0) return;
  const field = document.getElementById(button.dataset.scan);
  field.value = found[0].rawValue;
  field.form.requestSubmit();
}
