import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startFollowing } from '@/features/fundraising/give/following';
import { server } from '~tests/server';
import { donation } from './stage';

const props = { fund: 'shore', token: 'tok1', follow: '/api/donations/tok1/' };

beforeEach(() => localStorage.clear());
afterEach(() => vi.useRealTimers());

it('asks at once at the provider, then looks on until something changed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const asked: string[] = [];
  let state: 'confirming' | 'settled' = 'confirming';
  const answer = ({ request }: { request: Request }) => {
    asked.push(request.method);
    if (asked.length === 3) state = 'settled';
    return HttpResponse.json(donation({ state }));
  };
  server.use(http.post('*/api/donations/tok1/', answer), http.get('*/api/donations/tok1/', answer));
  const reload = vi.fn();
  startFollowing(document.body, { ...props, state: 'confirming', isMoving: true }, reload);
  for (let seconds = 0; seconds < 60 && reload.mock.calls.length === 0; seconds += 1) {
    await vi.advanceTimersByTimeAsync(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(reload).toHaveBeenCalledOnce();
  expect(asked).toEqual(['POST', 'GET', 'GET']);
});

it('ends the attempt of this browser once the donation came through', () => {
  localStorage.setItem('give:shore', JSON.stringify({ key: 'k', mark: 'x', token: 'tok1' }));
  startFollowing(document.body, { ...props, state: 'settled', isMoving: false });
  expect(localStorage.getItem('give:shore')).toBeNull();
  expect(localStorage.getItem('given:shore')).toBe('"tok1"');
});

it('leaves the attempt where its donation is another', () => {
  localStorage.setItem('give:shore', JSON.stringify({ key: 'k', mark: 'x', token: 'tok2' }));
  startFollowing(document.body, { ...props, state: 'settled', isMoving: false });
  expect(localStorage.getItem('give:shore')).not.toBeNull();
});
