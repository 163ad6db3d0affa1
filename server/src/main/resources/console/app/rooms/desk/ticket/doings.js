import { may } from '../../../core/session.js';
import { lang, t } from '../../../core/i18n.js';
import { askMerge, askSnooze, askTags } from '../queue/acts.js';
import { askConsent, askPart } from './consents.js';
import { closureReport } from './closure.js';
import { editDialog, escalateDialog, linkDialog } from './moves.js';
import { quoteForm } from './quote.js';
import { complaintForm, customerLink, followUpForm, loanForm, returnForm, surveyForm, workOrderForm } from './service-forms.js';

const WORKS = ['agent', 'engineer', 'coordinator'];
const OVER = ['closed', 'cancelled'];
const SOLVED = ['resolved', 'verified', 'closed'];

/** What else this person may do with the case now, as `[icon, words, run]` in groups: with the customer, in the field, with the case. What could only be refused is not offered. */
export function doings(desk) {
  const { ticket } = desk;
  const works = may(...WORKS);
  const open = !OVER.includes(ticket.state);
  const known = ticket.device && ticket.matched !== false;
  const groups = [[
    [works && open && known, 'lock', 'consent.request', () => askConsent(desk)],
    [works && open, 'money', 'quote.new', () => quoteForm(desk)],
    [works && open && known, 'box', 'consent.part', () => askPart(desk)],
    [works, 'calendar', 'service.followup.new', () => followUpForm(desk)],
    [may(...WORKS, 'quality') && SOLVED.includes(ticket.state), 'star', 'service.survey.take', () => surveyForm(desk)],
    [may(...WORKS, 'quality', 'partner'), 'alert', 'service.complaint.new', () => complaintForm(desk)],
    [may(...WORKS, 'partner'), 'link', 'service.link', () => customerLink(desk)],
  ], [
    [works && open && known, 'wrench', 'service.order.new', () => workOrderForm(desk)],
    [may(...WORKS, 'partner') && open && known, 'truck', 'service.return.new', () => returnForm(desk)],
    [works && open && known && (!ticket.loaner || ticket.loaner.returnedAt), 'box', 'service.loan.new', () => loanForm(desk)],
  ], [
    [works, 'edit', 'ticket.edit', () => editDialog(desk)],
    [works, 'tag', 'ticket.tags.change', () => askTags([ticket], desk.reload)],
    [works && open && !ticket.snoozedUntil, 'bell', 'ticket.snooze', () => askSnooze([ticket], desk.reload)],
    [may(...WORKS, 'quality'), 'link', 'ticket.link', () => linkDialog(desk)],
    [works && open, 'link', 'ticket.merge', () => askMerge([ticket], desk.reload)],
    [may(...WORKS, 'quality', 'partner') && open, 'bolt', 'ticket.escalate', () => escalateDialog(desk)],
  ]];
  return groups.map((group) => group.filter(([offered]) => offered).map(([, shape, words, run]) => [shape, t(words), run])).filter((group) => group.length);
}

/** What can be printed of the case. */
export function papers(ticket) {
  const all = [['print', t('ticket.print'), () => print()]];
  if (may(...WORKS, 'quality', 'auditor', 'partner')) all.push(['book', t('ticket.file'), `/api/v1/tickets/${ticket.id}/case-file?format=html&lang=${lang()}`]);
  if (SOLVED.includes(ticket.state)) all.push(['audit', t('ticket.closure'), () => closureReport(ticket)]);
  return all;
}
