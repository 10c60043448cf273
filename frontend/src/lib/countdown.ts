export interface CountdownProps {
  /** An ISO instant. */
  until: string;
}

/** Keep the days, hours and minutes that the server wrote true while the page stays open; stop at zero. */
export function startCountdown(root: HTMLElement, { until }: CountdownProps): void {
  const end = Date.parse(until);
  const write = (part: string, value: number) => {
    const element = root.querySelector(`[data-part="${part}"]`);
    if (element && element.textContent !== String(value)) element.textContent = String(value);
  };
  const tell = () => {
    const minutes = Math.max(0, Math.floor((end - Date.now()) / 60_000));
    write('days', Math.floor(minutes / 1440));
    write('hours', Math.floor((minutes % 1440) / 60));
    write('minutes', minutes % 60);
  };
  if (Number.isNaN(end)) return;
  tell();
  setInterval(tell, 15_000);
}
