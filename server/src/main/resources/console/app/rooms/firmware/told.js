import { html } from 'lit';
import { exact } from '../../core/format.js';
import { t, term, told as byCode } from '../../core/i18n.js';
import { href } from '../../core/router.js';

/** What the server tells of campaigns and devices, in the reader's language. */

const MOMENTS = ['at', 'since'];

/** Facts as people read them: a moment in their zone, a state by its name. */
function readable(facts) {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, MOMENTS.includes(name) ? exact(value) : name === 'state' ? term('deployment', value) : value]));
}

/** One part by its code; the server's own text where we have no words for it. */
const part = ({ code, facts, text }) => byCode('told', code, text, readable(facts));

/** A text of which the server also says the parts (`why`); without them it stays as it is. */
export function told(why, text) {
  return why?.length ? why.map(part).join(t('told.and')) : (text ?? '');
}

/** The same with its campaigns as links. */
export function toldLinked(why, text) {
  return told(why, text).split(/\b(C\d+)\b/).map((piece, i) => (i % 2 ? html`<a class="within" href=${href('campaign', piece)}>${piece}</a>` : piece));
}

/** What a campaign is called: what the backend made has a name in every language. */
export function campaignName(campaign) {
  return campaign.called ? part(campaign.called) : (campaign.name ?? campaign.id);
}
