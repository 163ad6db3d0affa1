import { html } from 'lit';

const READERS = ['coordinator', 'quality', 'auditor'];
const REPORT = [...READERS, 'firmware'];
const page = (file, draw, more = {}) => ({ load: () => import(`./${file}.js`), draw, ...more });
const more = (listed, file, draw, roles) => page(file, draw, { in: 'quality', listed, roles });

/** How good service and products are, what they cost, and what is kept of it. */
export const quality = {
  name: 'quality',
  words: () => import('./words.js'),
  sheet: new URL('./quality.css', import.meta.url).href,
  pages: {
    kpis: page('kpis', () => html`<ac-kpis></ac-kpis>`, { icon: 'chart', roles: READERS }),
    causes: page('causes', () => html`<ac-causes></ac-causes>`, { icon: 'filter', roles: REPORT }),
    satisfaction: page('satisfaction', () => html`<ac-satisfaction></ac-satisfaction>`, { icon: 'star', roles: ['coordinator', 'quality'] }),
    complaints: page('complaints', () => html`<ac-complaints></ac-complaints>`, { icon: 'note', roles: ['agent', 'engineer', ...READERS, 'partner'] }),
    complaint: page('complaint', (route) => html`<ac-complaint .complaintId=${route.id}></ac-complaint>`, { in: 'complaints' }),
    costs: page('costs', () => html`<ac-costs></ac-costs>`, { icon: 'money', roles: ['engineer', ...READERS] }),
    'cost-summary': page('cost-summary', () => html`<ac-cost-summary></ac-cost-summary>`, { in: 'costs', roles: READERS }),
    reports: page('report', () => html`<ac-quality-report></ac-quality-report>`, { icon: 'print', roles: REPORT }),
    quality: page('more', () => html`<ac-quality-more></ac-quality-more>`, { icon: 'log' }),
    'quality-checks': more('eye', 'checks', () => html`<ac-quality-checks></ac-quality-checks>`, READERS),
    'quality-samples': more('filter', 'samples', () => html`<ac-quality-samples></ac-quality-samples>`, READERS),
    'service-improvements': more('wrench', 'improvements', () => html`<ac-service-improvements></ac-service-improvements>`, ['agent', 'engineer', 'coordinator', 'quality']),
    appraisal: more('people', 'appraisal', () => html`<ac-appraisal></ac-appraisal>`, READERS),
    'data-uses': more('lock', 'data-uses', () => html`<ac-data-uses></ac-data-uses>`, READERS),
    'case-files': more('book', 'case-files', () => html`<ac-case-files></ac-case-files>`, ['agent', 'engineer', ...READERS, 'partner']),
    'case-file-loans': more('out', 'loans', () => html`<ac-case-file-loans></ac-case-file-loans>`, READERS),
    'case-file-audits': more('audit', 'file-audits', () => html`<ac-case-file-audits></ac-case-file-audits>`, READERS),
    'case-file-audit': page('file-audit', (route) => html`<ac-case-file-audit .auditId=${route.id}></ac-case-file-audit>`, { in: 'quality', roles: READERS }),
    'case-file-classes': more('clock', 'file-classes', () => html`<ac-case-file-classes></ac-case-file-classes>`, ['agent', 'engineer', ...READERS]),
  },
};
