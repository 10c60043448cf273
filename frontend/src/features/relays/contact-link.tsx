/** How somebody is reached, as a link that calls or writes. */
export function ContactLink({ channel, value }: { channel: string; value: string }) {
  if (channel === 'post') return <span>{value}</span>;
  const scheme = { email: 'mailto', phone: 'tel', sms: 'sms' }[channel];
  return scheme ? <a href={`${scheme}:${value}`}>{value}</a> : <span>{value}</span>;
}
