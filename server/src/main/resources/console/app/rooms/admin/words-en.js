/** What only this room says. */
export const en = {
  'audit.empty': 'The audit log is empty',
  'audit.empty.next': 'Every change that a person makes is recorded here.',
  'audit.at': 'When',
  'audit.actor': 'Who',
  'audit.action': 'Action',
  'audit.object': 'Object',
  'audit.detail': 'Detail',
  'audit.address': 'Address',
};
