// The customer's page: everything it shows comes from the API by the token in its address; nothing is put in as HTML.
const token = location.pathname.split('/').pop();
const api = '/api/v1/customer/' + encodeURIComponent(token);
const LOOK_EVERY = 15_000;
let language = null;
let texts = {};
let shown = '';
// Said where the server is away before it could send the words of the page.
const AWAY = {
  en: { unreachable: 'The page cannot be reached now. It is tried again by itself.', retry: 'Try again' },
  zh: { unreachable: '暂时无法连接，页面会自动重试。', retry: '重试' },
};

const t = (name, params = {}) =>
  (texts[name] ?? name).replace(/\{(\w+)}/g, (_, key) => params[key] ?? '–');

function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else if (value === true) {
      element.setAttribute(key, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

const when = at => at && new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB',
  { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
const money = (amount, currency) => new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB',
  { style: 'currency', currency }).format(amount);

async function call(path, options = {}) {
  const response = await fetch(api + path, { credentials: 'omit', cache: 'no-store', ...options });
  const body = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) {
    throw Object.assign(new Error(body?.detail ?? response.statusText), { status: response.status });
  }
  return body;
}

const send = (path, body) => call(path, {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
});

// What a room of the desk does not offer, or has nothing of, is left out.
const offered = path => call(path).catch(trouble => {
  if (trouble.status >= 400 && trouble.status < 500) return null;
  throw trouble;
});

function button(label, work, primary = false, id = null) {
  const element = el('button', { type: 'button', class: primary ? 'primary' : null, 'data-do': id,
    onclick: () => attempt(element, work) }, label);
  return element;
}

// What was answered elsewhere meanwhile, or is over, is shown as it stands now; other trouble leaves what was written in its place.
async function attempt(control, work) {
  control.disabled = true;
  control.parentElement.querySelector('.trouble')?.remove();
  try {
    await work();
    notice();
    await look(true);
  } catch (trouble) {
    control.disabled = false;
    if ([404, 409, 410, 412].includes(trouble.status)) {
      await look(true);
      notice(trouble.message);
      return;
    }
    control.after(el('p', { class: 'trouble', role: 'alert' }, trouble.status ? trouble.message : t('unreachable')));
  }
}

// A line above the page: what could not be done, or that the server is away; nothing takes it away again.
function notice(words = null, retry = false) {
  document.getElementById('notice').replaceChildren(...(words ? [el('p', { class: 'conflict' }, words,
    retry ? el('button', { type: 'button', 'data-do': 'retry', onclick: () => look(true) }, t('retry')) : null)] : []));
}

const section = (name, ...children) => el('section', { 'data-part': name }, el('h2', {}, t('title.' + name)), ...children);

const steps = view => section('progress', el('ol', { class: 'steps' }, view.steps.map(step =>
  el('li', { 'data-reached': step.at !== null, 'aria-current': step.current ? 'step' : null },
    el('span', {}, t('stage.' + step.stage)), step.at ? el('time', { datetime: step.at }, when(step.at)) : null))));

// What the customer is asked comes before what the case waits for.
const next = (view, asks) => el('section', { class: 'next', 'data-part': 'next' }, el('h2', {}, t('title.next')),
  el('p', { dir: 'auto' }, asks ? t('next.' + asks) : view.next),
  view.expected ? el('p', { class: 'muted' }, t('expected', { at: when(view.expected) })) : null);

const result = view => view.result ? section('result', el('p', { dir: 'auto' }, view.result),
  view.advice ? el('p', {}, t('advice', { advice: view.advice })) : null) : null;

const appointments = view => view.appointments.length ? section('appointment', view.appointments.map(one => el('div', {},
  one.from ? el('p', {}, t('slot', { from: when(one.from), to: when(one.to) })) : null,
  el('p', { class: 'muted' }, t('visit.' + one.state)),
  one.done ? el('p', {}, one.done) : null))) : null;

const quote = one => el('section', { 'data-quote': one.number, 'data-state': one.state },
  el('h2', {}, t('title.quote') + ' ' + one.number),
  el('table', {}, el('tbody', {},
    one.lines.map(line => el('tr', {}, el('td', { dir: 'auto' }, lineText(line)), el('td', {}, money(line.amount ?? line.price ?? 0, one.currency)))),
    el('tr', { class: 'total' }, el('td', {}, t('total')), el('td', {}, money(one.total, one.currency))))),
  el('details', { open: one.state === 'sent' }, el('summary', {}, t('wording')), el('p', { dir: 'auto' }, one.wording)),
  one.state === 'sent' ? el('div', { class: 'actions' },
    button(t('accept'), () => send('/quotes/' + one.id + '/accept', { shown: one.shown }), true, 'accept'),
    button(t('decline'), () => send('/quotes/' + one.id + '/decline', { shown: one.shown }), false, 'decline'))
    : el('p', { class: one.state === 'accepted' ? 'good' : 'muted' }, t('quote.' + one.state)));

const lineText = line => [language === 'zh' ? line.nameZh ?? line.textZh : line.nameEn ?? line.textEn, line.text, line.part]
  .find(text => text) + (line.quantity && line.quantity !== 1 ? ' × ' + line.quantity : '');

const consent = one => el('section', { 'data-consent': one.part, 'data-state': one.state },
  el('h2', {}, t('title.consent')), el('p', {}, one.wording),
  one.state === 'asked' ? el('div', { class: 'actions' },
    button(t('agree'), () => send('/consents', { part: one.part, granted: true, shown: one.shown }), true, 'agree'),
    button(t('refuse'), () => send('/consents', { part: one.part, granted: false, shown: one.shown }), false, 'refuse'))
    : el('p', { class: 'muted' }, t('consent.' + one.state)));

const remoteConsent = one => el('section', { 'data-remote-consent': one.purpose, 'data-state': one.state },
  el('h2', {}, t('title.remote-consent')), el('p', {}, one.wording),
  one.state === 'asked' ? null : el('p', { class: one.state === 'given' ? 'good' : 'muted' }, t('remote-consent.' + one.state)),
  el('div', { class: 'actions' }, ({ asked: ['give', 'refuse'], given: ['withdraw'] }[one.state] ?? []).map(answer =>
    button(t({ give: 'allow', refuse: 'refuse', withdraw: 'withdraw' }[answer]),
      () => send('/remote-consents/' + one.id, { answer, shown: one.shown }), answer === 'give', answer))));

const giveBack = one => el('section', { 'data-return': one.number },
  el('h2', {}, t('title.return') + ' ' + one.number), el('p', {}, t('return.' + one.state)),
  one.payer ? el('p', { class: 'muted' }, t('payer.' + one.payer)) : null,
  one.findings ? el('p', { dir: 'auto' }, one.findings) : null, one.record ? el('p', { dir: 'auto' }, one.record) : null,
  one.mayChoose ? el('div', { class: 'actions' }, ['courier-pickup', 'drop-off', 'carry-in'].map(way =>
    button(t('way.' + way), () => send('/returns/' + one.id + '/way', { way }), false, 'way-' + way))) : null,
  one.mayConfirm ? button(t('handover'), () => send('/returns/' + one.id + '/handover',
    { recordChecked: true, feesChecked: true }), true, 'handover') : null);

function survey(asked) {
  if (asked.state !== 'sent') {
    return asked.state === 'answered' ? section('survey', el('p', { class: 'good' }, t('thanks'))) : null;
  }
  const scores = ['speed', 'attitude', 'effect', 'resolution', 'parts', 'professionalism'];
  const form = el('form', { onsubmit: event => {
    event.preventDefault();
    const answer = { comment: form.comment.value || undefined };
    scores.forEach(name => {
      const chosen = form.querySelector(`input[name=${name}]:checked`);
      if (chosen) answer[name] = Number(chosen.value);
    });
    attempt(form.querySelector('button'), () => send('/survey', answer));
  } }, scores.map(name => el('fieldset', {}, el('legend', {}, t('score.' + name)), [1, 2, 3, 4, 5].map(score =>
    el('label', {}, el('input', { type: 'radio', name, value: score, required: name !== 'parts' }), String(score))))),
  el('label', {}, t('comment'), el('textarea', { name: 'comment', maxlength: 4000, rows: 3, dir: 'auto' })),
  el('button', { class: 'primary', 'data-do': 'survey' }, t('send')));
  return section('survey', el('p', { class: 'muted' }, t('survey.scale')), form);
}

function talk(view) {
  const list = view.messages.length ? el('ul', { class: 'messages' }, view.messages.map(one => el('li',
    { class: one.byCustomer ? 'own' : null }, el('div', { dir: 'auto' }, one.text), el('div', { class: 'muted' },
      t(one.byCustomer ? 'by.you' : 'by.desk') + ' · ' + when(one.at))))) : null;
  if (view.state === 'closed' || view.state === 'cancelled') {
    return list ? section('messages', list) : null;
  }
  const text = el('textarea', { name: 'text', rows: 3, maxlength: 4000, dir: 'auto' });
  const chosen = el('span', {}, t('photo'));
  const photo = el('input', { type: 'file', name: 'photo', class: 'unseen', accept: 'image/jpeg,image/png,image/webp',
    onchange: () => chosen.replaceChildren(photo.files[0]?.name ?? t('photo')) });
  return section('messages', list, el('label', {}, t('message'), text),
    el('label', { class: 'photo' }, photo, el('span', { class: 'button' }, t('photo.choose')), chosen),
    button(t('send'), async () => {
      if (photo.files.length) {
        await call('/photos', { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: photo.files[0] });
        photo.value = '';
        chosen.replaceChildren(t('photo'));
      }
      if (text.value.trim()) await send('/messages', { text: text.value });
      text.value = '';
    }, true, 'send'));
}

const asks = (quotes, consents, remote) => quotes?.items.some(one => one.state === 'sent') ? 'quote'
  : [consents, remote].some(list => list?.items.some(one => one.state === 'asked')) ? 'consent' : null;

function draw(view, quotes, consents, remote, returns, asked) {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = view.number + ' · ' + t('page');
  document.getElementById('number').textContent = t('page');
  const toggle = document.getElementById('language');
  toggle.textContent = language === 'zh' ? 'English' : '中文';
  toggle.lang = language === 'zh' ? 'en' : 'zh-CN';
  document.getElementById('main').removeAttribute('aria-busy');
  document.getElementById('main').replaceChildren(...[
    el('section', { 'data-part': 'case' }, el('h1', { dir: 'auto' }, view.title),
      el('p', { class: 'muted' }, [view.number, view.device].filter(Boolean).join(' · '))),
    next(view, asks(quotes, consents, remote)),
    ...(quotes?.items ?? []).filter(one => !['draft', 'superseded'].includes(one.state)).map(quote),
    ...(consents?.items ?? []).map(consent), ...(remote?.items ?? []).map(remoteConsent), appointments(view), result(view), asked ? survey(asked) : null,
    steps(view), ...(returns?.items ?? []).map(giveBack), talk(view)].filter(Boolean));
}

// Whoever is writing is not disturbed: the page is drawn anew only where something changed, and not under a text.
const writing = () => document.activeElement?.matches('textarea, input')
  || [...document.querySelectorAll('textarea')].some(one => one.value) || document.querySelector('input:checked');

// A case is asked about once it is solved; before, there is nothing to ask for.
const SURVEYED = ['resolved', 'verified', 'closed'];

async function look(anyway = false) {
  try {
    const view = await call('');
    if (!language) await speak(view.language);
    const [quotes, consents, remote, returns, asked] = await Promise.all([offered('/quotes?language=' + language),
      offered('/consents?language=' + language), offered('/remote-consents?language=' + language), offered('/returns'),
      SURVEYED.includes(view.state) ? offered('/survey') : null]);
    const now = JSON.stringify([language, view, quotes, consents, remote, returns, asked]);
    if (document.querySelector('[data-do=retry]')) notice();
    if (now !== shown && (anyway || !writing())) {
      shown = now;
      draw(view, quotes, consents, remote, returns, asked);
    }
  } catch (trouble) {
    await fail(trouble.status === 404 || trouble.status === 410);
  }
}

// The link is over, which ends the page; or the server is away, which leaves what was read and tries again.
async function fail(gone) {
  if (!language) {
    const mine = navigator.language.startsWith('zh') ? 'zh' : 'en';
    await speak(mine).catch(() => (texts = AWAY[mine]));
  }
  if (shown && !gone) {
    notice(t('unreachable'), true);
    return;
  }
  shown = '';
  notice();
  document.getElementById('main').replaceChildren(el('section', { class: 'state', 'data-state': gone ? 'gone' : 'away', 'data-sign': gone ? '∅' : '↻' },
    el('p', { role: 'alert' }, t(gone ? 'gone' : 'unreachable')),
    gone ? null : el('button', { type: 'button', 'data-do': 'retry', onclick: () => look(true) }, t('retry'))));
}

async function speak(wanted) {
  const response = await fetch('/api/v1/customer-texts?language=' + wanted, { credentials: 'omit' });
  if (!response.ok) throw Object.assign(new Error(response.statusText), { status: response.status });
  texts = await response.json();
  language = wanted;
}

document.getElementById('language').addEventListener('click', async () => {
  const wanted = language === 'zh' ? 'en' : 'zh';
  try {
    await speak(wanted);
  } catch {
    notice(t('unreachable'), true); // it goes on in the language that it has
    return;
  }
  await send('/language', { language: wanted }).catch(() => null); // the page speaks it all the same
  await look(true);
});

await look(true);
setInterval(() => document.hidden || look(), LOOK_EVERY);
document.addEventListener('visibilitychange', () => document.hidden || look());
