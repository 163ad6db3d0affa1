/** What only this room says. */
export const en = {
  'rules.empty': 'No rules yet',
  'rules.empty.next': 'A rule turns telemetry into faults and tickets. Add one with PUT /api/v1/rules/{id}.',

  'rule.id': 'Rule',
  'rule.severity': 'Severity',
  'rule.when': 'Condition',
  'rule.for': 'For',
  'rule.version': 'Version',
  'rule.state': 'State',
  'rule.on': 'On',
  'rule.off': 'Off',
};
