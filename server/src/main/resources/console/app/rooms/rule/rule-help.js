import { html } from 'lit';
import { View } from '../../core/view.js';
import { t } from '../../core/i18n.js';

/** Functions over time with an example each, then the fields of a document; their words are `fn.…` and `fieldHelp.…`. */
const FUNCTIONS = [
  ['avg', 'avg(temp, "5m") > 205'], ['min', 'min(level, "1h") < 5'], ['max', 'max(temp, "5m") > 90'], ['sum', 'sum(pages, "1d") > 5000'], ['count', 'count(temp, "10m") < 5'],
  ['stddev', 'stddev(rpm, "10m") < 0.1'], ['quantile', 'quantile(latency, 0.95, "1h") > 200'], ['prev', 'temp - prev(temp) > 20'], ['delta', 'delta(level, "1h") < -5'],
  ['rate', 'rate(memory, "1h") > 0.001'], ['increase', 'increase(pages, "1d") > 5000'], ['changed', 'changed(mode, "10m")'], ['ewma', 'ewma(load, "1h") > 0.8'],
  ['zscore', 'abs(zscore(current, "1d")) > 4'], ['forecast', 'forecast(disk_pct, "24h") > 95'], ['timeTo', 'time_to(toner_pct, 5) < 604800'], ['anomaly', 'anomaly(current) > 0.5'],
  ['events', 'events("PAPER_JAM", "1h") >= 3'], ['reboots', 'reboots("1h") >= 3'], ['absent', 'absent("10m")'], ['within', 'within(door_open == 1, temp > 8, "5m")'],
  ['cohort', 'cohort_z(power, "1h") > 4'], ['semver', 'semver(device.firmware) < semver("2.4.0")'],
];
const FIELDS = [
  ['id', 'id: my-rule'], ['title', 'title: '], ['appliesTo', "applies_to: { model: [LP-2000], where: 'device.hardware != \"A1\"' }"], ['fault', 'fault: { code: MY_FAULT, severity: major }'],
  ['when', "when: 'temp > 80'"], ['for', 'for: 2m'], ['clearWhen', "clear_when: 'temp < 70'"], ['clearFor', 'clear_for: 1m'], ['quiet', 'quiet: { flaps: 3, within: 1h, hold: 2h }'],
  ['schedule', 'schedule: { days: mon-fri, hours: "07:00-22:00", zone: device }'], ['ticket', 'ticket: { open: true, priority: P2, skill: thermal }'],
  ['dependsOn', 'depends_on: [DEVICE_SILENT]'], ['remedies', 'remedies:\n  - firmware: {}\n  - dispatch: { skill: thermal }'],
  ['tests', 'tests:\n  - name: what it shows\n    step: 10s\n    series: { temp: "70x6 85x20 60x12" }\n    expect: [ { at: 3m, open: true } ]'],
];

/** What may stand in a rule, beside its text; a click writes an example at the caret (`chosen`). */
class RuleHelp extends View {
  static properties = { about: { state: true } };
  about = 'fn';

  #choose(words) {
    this.dispatchEvent(new CustomEvent('chosen', { detail: words }));
  }

  render() {
    const all = this.about === 'fn' ? FUNCTIONS : FIELDS;
    return html`<section class="card">
      <header><h2>${t('manual.title')}</h2><div class="tabs right">${['fn', 'fieldHelp'].map((one) => html`<button aria-pressed=${String(one === this.about)} @click=${() => (this.about = one)}>${t(`manual.${one}`)}</button>`)}</div></header>
      <dl class="manual" tabindex="0" aria-label=${t('manual.title')}>${all.map(([name, example]) => html`<dt><button type="button" class="plain mono" title=${t('manual.write')} @click=${() => this.#choose(example)}>${example.split('\n')[0]}</button></dt><dd>${t(`${this.about}.${name}`)}</dd>`)}</dl>
    </section>`;
  }
}

customElements.define('ac-rule-help', RuleHelp);
