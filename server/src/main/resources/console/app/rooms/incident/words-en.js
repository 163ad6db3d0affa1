/** What only this room says. */
export const en = {
  'incidents.empty': 'No incidents',
  'incidents.empty.next': 'Where many devices raise the same fault within an hour, they appear here as one incident.',

  'incident.id': 'Number',
  'incident.state': 'State',
  'incident.title': 'What is known',
  'incident.members': 'Devices',
  'incident.opened': 'Opened',
  'incident.ill': '{open} of {all} still have it',
  'incident.device': 'Device',
  'incident.firmware': 'Firmware',
  'incident.fault': 'Fault',
  'incident.severity': 'Severity',
  'incident.ticket': 'Ticket',
  'incident.joined': 'Joined',
  'incident.facts': 'Details',
  'incident.code': 'Fault code',
  'incident.model': 'Model',
  'incident.suspect': 'Suspected',
  'incident.owner': 'Owner',
  'incident.resolved': 'Resolved',
  'incident.mergedwith': 'Merged into',

  'key.incidents': 'Back to the incidents',
};
