import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { bindChord } from '../../core/keys.js';
import { Load } from '../../core/load.js';
import { go, href } from '../../core/router.js';
import { t } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { card } from '../../ui/card.js';
import { icon } from '../../ui/icons.js';
import { failed, show } from '../../ui/states.js';
import { say } from '../../ui/toast.js';
import { mistakes } from './place-of.js';
import { nameOf } from './runbooks.js';
import './code.js';

const BEGINNING = `name: What it mends, in a few words
about:
  # names: { zh: 用几个字说明处理什么 }
  models: [RT-90]
  codes: [WAN_SLOW]
  expected: PT3M
  soak: PT30M
  effect: { zh: 断网几秒钟, en: The network is away for some seconds }
steps:
  - ask:
      zh: 客户现在可以断网吗？
      en: May the network be away now?
      choices:
        - { answer: 'yes', zh: 可以, en: 'Yes', then: go }
        - { answer: 'no', zh: 不可以, en: 'No', then: later }
  - label: go
    action: { action: restart_wan, class: B }
  - check: { fault: cleared, within: PT5M }
    onFail: send
  - end: { result: fixed }
  - label: later
    end: { result: not-fixed, reason: The customer needs the network }
  - label: send
    end: { result: dispatch, reason: Restarting did not help }
`;
const STEPS = ['person', 'action', 'check', 'wait', 'branch', 'ask', 'end'];

/** A runbook as its document; what the backend refuses is marked at its place. */
class RunbookWrite extends View {
  static properties = { runbookId: {}, text: { state: true }, errors: { state: true }, failure: { state: true }, busy: { state: true } };
  errors = [];
  #document = new Load(this, (signal) => this.#read(signal));

  get path() {
    return `/runbooks/${encodeURIComponent(this.runbookId)}`;
  }

  opened() {
    this.own(bindChord('s', () => this.#save(), { whileTyping: true }));
    this.#document.restart();
  }

  async #read(signal) {
    if (!this.runbookId) {
      this.text ??= BEGINNING;
      return { runbook: null, etag: null };
    }
    const [{ data, etag }, document] = await Promise.all([api.read(this.path, { signal }), api.get(`${this.path}/document`, { signal, headers: { accept: 'application/yaml' } })]);
    this.text ??= document.text;
    return { runbook: data, etag };
  }

  updated() {
    title(t(this.runbookId ? 'runbook.write' : 'runbook.new'));
  }

  async #save() {
    if (this.busy) return;
    [this.busy, this.failure, this.errors] = [true, null, []];
    try {
      const type = 'application/yaml';
      const saved = this.runbookId ? await api.put(this.path, this.text, { type, etag: this.#document.value.etag }) : await api.post('/runbooks', this.text, { type });
      say(t('runbook.saved'));
      go('runbook', saved.id);
    } catch (failure) {
      this.errors = mistakes(this.text, failure);
      this.failure = this.errors.length ? null : failure;
      if (failure.status === 412) this.#document.value.etag = (await api.read(this.path)).etag;
    }
    this.busy = false;
  }

  #help() {
    return card(t('runbook.help'), html`<dl class="manual" tabindex="0" aria-label=${t('runbook.help')}>${STEPS.map((kind) => html`<dt><code>${kind === 'person' ? 'zh, en' : kind}</code></dt><dd>${t(`stepHelp.${kind}`)}</dd>`)}</dl>`, { flush: true });
  }

  render() {
    return html`<div class="page">${show(this.#document, ({ runbook }) => html`
      <div class="headline"><div class="crumb"><a href=${href('runbooks')}>${t('nav.runbooks')}</a>${runbook ? html` / <a href=${href('runbook', runbook.id)}>${nameOf(runbook)}</a>` : nothing}</div>
        <h1>${t(this.runbookId ? 'runbook.write' : 'runbook.new')}</h1><p class="muted">${t('runbook.write.hint')}</p></div>
      <div class="actionbar"><button class="primary" data-do="save" ?disabled=${this.busy} @click=${() => this.#save()}>${icon('check')}${t('action.save')} <kbd>Ctrl S</kbd></button><a class="button" href=${runbook ? href('runbook', runbook.id) : href('runbooks')}>${t('action.cancel')}</a></div>
      <div aria-live="polite">${this.failure ? failed(this.failure) : nothing}</div>
      <div class="columns"><section class="card"><div class="body"><ac-code .label=${t('runbook.text')} .value=${this.text ?? ''} .errors=${this.errors} @typed=${(event) => (this.text = event.detail)} @asked=${() => this.#save()}></ac-code></div></section>${this.#help()}</div>`)}
    </div>`;
  }
}

customElements.define('ac-runbook-write', RunbookWrite);
