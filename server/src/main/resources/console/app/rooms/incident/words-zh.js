/** What only this room says. */
export const zh = {
  'incidents.empty': '没有群体故障',
  'incidents.empty.next': '当许多设备在一小时内出现同一故障时，会在这里合并显示。',

  'incident.id': '编号',
  'incident.state': '状态',
  'incident.title': '已知情况',
  'incident.members': '设备',
  'incident.opened': '开始时间',
  'incident.ill': '{all} 台中 {open} 台仍有故障',
  'incident.device': '设备',
  'incident.firmware': '固件',
  'incident.fault': '故障',
  'incident.severity': '严重程度',
  'incident.ticket': '工单',
  'incident.joined': '加入时间',
  'incident.facts': '详情',
  'incident.code': '故障代码',
  'incident.model': '型号',
  'incident.suspect': '可疑对象',
  'incident.owner': '负责人',
  'incident.resolved': '恢复时间',
  'incident.mergedwith': '已并入',

  'key.incidents': '返回群体故障',
};
