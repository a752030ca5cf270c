// Clicks what leads to another page and waits for it. Where no page comes, three things are told apart: a click that never
// reached its element (it is made again, as people do, and the log says so), a click that reached it and sent nothing (a
// form or a script of ours kept it back), and a request without an answer (the server's). The last two fail the story:
// to click again would hide them.

// What the page asks the network for, from now until stop().
function watch(page) {
  const asked = new Map();
  let tellSent;
  const sent = new Promise((resolve) => { tellSent = resolve; });
  const isPage = (request) => {
    try {
      return request.isNavigationRequest() && request.frame() === page.mainFrame();
    } catch {
      return request.isNavigationRequest();  // the page is so new that it has no frame yet
    }
  };
  const listeners = {
    request: (request) => {
      asked.set(request, 'no answer');
      if (isPage(request)) tellSent('sent');
    },
    response: (response) => asked.set(response.request(), `${response.status()}, not to its end`),
    requestfinished: (request) => asked.delete(request),
    requestfailed: (request) => asked.set(request, request.failure()?.errorText),
  };
  for (const [event, listener] of Object.entries(listeners)) page.on(event, listener);
  return {
    sent,
    // Whatever was asked for and has not come whole.
    open: () => [...asked].map(([request, how]) => `${request.method()} ${request.url()} (${how})`).join(', '),
    stop: () => { for (const [event, listener] of Object.entries(listeners)) page.off(event, listener); },
  };
}

const within = (milliseconds, promise) => {
  let timer;
  const late = new Promise((resolve) => { timer = setTimeout(resolve, milliseconds, 'late'); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

// The page notes which events of a click it sees and where. Fonts first: they move what stands below a line that changes.
async function listen(page, button) {
  if (page.withoutScript) return;
  await within(10_000, page.evaluate(() => document.fonts.ready.then(() => true)));
  await button.evaluate((element) => {
    globalThis.storyListener?.abort();
    globalThis.storyListener = new AbortController();
    const heard = { events: [], reached: false };
    globalThis.storyHeard = heard;
    const form = element.form ?? element.closest('form');
    for (const type of ['mousedown', 'mouseup', 'click', 'invalid', 'submit']) {
      addEventListener(type, (event) => {
        const { target } = event;
        const name = target.id ? `#${target.id}` : (target.localName ?? 'window');
        heard.events.push(`${type} on ${name}${type === 'invalid' ? ` ${target.name}: ${target.validationMessage}` : ''}`);
        if ((type === 'click' && event.composedPath().includes(element)) || (type === 'submit' && target === form)) heard.reached = true;
      }, { capture: true, signal: globalThis.storyListener.signal });
    }
  });
}

async function heardBy(page) {
  if (page.withoutScript) return { events: ['nothing, for want of scripts'], reached: false };
  const heard = await within(10_000, page.evaluate(() => globalThis.storyHeard ?? null).catch(() => null));
  if (heard === 'late') return { events: ['nothing it could tell'], reached: true };
  return heard ?? { events: ['its end'], reached: true };  // another document stands there
}

// `act` clicks, or does what does the same; a click that can be seen to have sent nothing after `patience` is made again.
export async function follow(page, button, act = () => button.click({ timeout: 100_000 }), patience = 20_000) {
  const network = watch(page);
  const from = page.url();
  const came = page.waitForNavigation();
  came.catch(() => {});
  let told = '';
  try {
    for (let tries = 1; ; ++tries) {
      await listen(page, button);
      const made = act();
      made.catch(() => {});
      await Promise.race([came, made]);
      if (await within(patience, Promise.race([came, network.sent])) !== 'late') break;
      const heard = await heardBy(page);
      told = `a click on ${from} ${heard.reached ? 'reached' : 'did not reach'} its element and sent nothing; the page saw: ${heard.events.join(', ') || 'nothing'}`;
      if (heard.reached || tries === 3) break;
      console.log(`${told}; it is clicked again`);
    }
    await came;
  } catch (failure) {
    if (failure.name !== 'TimeoutError') throw failure;
    throw new Error(`${await within(0, network.sent) === 'late' ? told : `after a click on ${from}`}; not answered whole: ${network.open() || 'nothing'}`, { cause: failure });
  } finally {
    network.stop();
  }
}
