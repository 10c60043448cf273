import { afterEach, describe, expect, it, vi } from 'vitest';
import { fold, isFound } from '@/lib/fold';
import { dated, day, duration, moment, shortDay, time } from '@/lib/format';
import { fromLocalInput, localDay, toLocalInput } from '@/lib/local-time';

const hour = 3_600_000;

describe('what a reader sees of times', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
    document.documentElement.lang = 'en';
  });

  it('says durations in their largest units', () => {
    document.documentElement.lang = 'fr';
    expect(duration(58 * 60_000)).toBe('58\u00a0min');
    expect(duration(1.7 * hour)).toBe('1\u00a0h\u00a042');
    expect(duration(5 * hour)).toBe('5\u00a0h');
    expect(duration(73 * hour)).toBe('3\u00a0j');
    expect(duration(-5)).toBe('0\u00a0min');
  });

  it('says hours the French way in French and with a colon in English', () => {
    const noon = new Date(2026, 10, 24, 18, 5).toISOString();
    document.documentElement.lang = 'fr';
    expect(time(noon)).toBe('18\u00a0h\u00a005');
    document.documentElement.lang = 'en';
    expect(time(noon)).toBe('18:05');
  });

  it('says the first of a month as the French do', () => {
    document.documentElement.lang = 'fr';
    expect(day(new Date(2026, 11, 1, 10).toISOString())).toBe('mardi 1er décembre');
    expect(day(new Date(2026, 11, 11, 10).toISOString())).toBe('vendredi 11 décembre');
    document.documentElement.lang = 'en';
    expect(day(new Date(2026, 11, 1, 10).toISOString())).toBe('Tuesday 1 December');
  });

  it('gives the hour of today, and the day of what is older', () => {
    const now = new Date(2026, 10, 24, 18, 5).getTime();
    expect(moment(new Date(2026, 10, 24, 9, 30).toISOString(), now)).toBe('09:30');
    expect(moment(new Date(2026, 10, 23, 9, 30).toISOString(), now)).toBe('23 Nov');
  });

  it.each(['America/Guadeloupe', 'Europe/Paris', 'Pacific/Noumea'])(
    'says a day without an hour alike in %s',
    (zone) => {
      vi.stubEnv('TZ', zone);
      expect([day('2026-12-01'), shortDay('2026-12-01'), dated('2026-12-01')]).toEqual([
        'Tuesday 1 December',
        '1 Dec',
        '1 December 2026',
      ]);
      expect(dated('2026-12-01T02:00:00Z')).toBe(
        zone === 'America/Guadeloupe' ? '30 November 2026' : '1 December 2026',
      );
    },
  );

  it('gives a date field its instant back', () => {
    const iso = new Date(2026, 11, 2, 10, 0).toISOString();
    expect(toLocalInput(iso)).toBe('2026-12-02T10:00');
    expect(fromLocalInput(toLocalInput(iso))).toBe(iso);
    expect(fromLocalInput('')).toBe('');
  });

  it('says which day it is where the reader is', () => {
    vi.useFakeTimers({ now: new Date(2026, 11, 31, 0, 30) });
    expect([localDay(), localDay(1), localDay(-1)]).toEqual(['2026-12-31', '2027-01-01', '2026-12-30']);
  });
});

it('folds accents, hyphens and case before it compares', () => {
  expect(fold('  Saint-Étienne-d’Ussy ')).toBe('saint etienne d ussy');
});

it.each(['Nord, 1re circonscription', 'Nord - 1re circonscription', 'Nord, constituency 1', 'Nord, constituency 10'])(
  'finds « nord 1 » in « %s »',
  (name) => {
    expect(isFound(name, 'nord 1')).toBe(true);
  },
);

it('finds nothing in the middle of a number, and anything for nothing', () => {
  expect(isFound('Nord, constituency 21', 'nord 1')).toBe(false);
  expect(isFound('Nord, 21e circonscription', 'nord 1')).toBe(false);
  expect(isFound('Nord, 21e circonscription', ' , ')).toBe(true);
});
