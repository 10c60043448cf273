import { beforeEach, describe, expect, it } from 'vitest';
import userEvent from '@testing-library/user-event';
import { startKeptForm } from '@/lib/kept-form';

function open(typed = ''): HTMLElement {
  document.body.innerHTML = `<div><form><input name="name" value="${typed}"><textarea name="why"></textarea>
    <input type="checkbox" name="agrees"><input type="hidden" name="key" value="1"></form></div>`;
  return document.body.firstElementChild as HTMLElement;
}
const field = (name: string) => document.querySelector(`[name="${name}"]`) as HTMLInputElement;

beforeEach(() => sessionStorage.clear());

describe('a kept form', () => {
  it('gives back what was typed after a reload, and says so', async () => {
    startKeptForm(open(), { name: 'x', restored: 'It is back' });
    await userEvent.type(field('name'), 'Claire');
    startKeptForm(open(), { name: 'x', restored: 'It is back' });
    expect(field('name').value).toBe('Claire');
    expect(document.body.textContent).toContain('It is back');
  });

  it('never gives a consent back', async () => {
    startKeptForm(open(), { name: 'x' });
    await userEvent.click(field('agrees'));
    await userEvent.type(field('why'), 'Here');
    startKeptForm(open(), { name: 'x' });
    expect(field('agrees').checked).toBe(false);
    expect(field('why').value).toBe('Here');
    expect(JSON.stringify({ ...sessionStorage })).not.toContain('agrees');
  });

  it('leaves what the server sent back', async () => {
    startKeptForm(open(), { name: 'x' });
    await userEvent.type(field('name'), 'Old');
    startKeptForm(open('New'), { name: 'x' });
    expect(field('name').value).toBe('New');
  });

  it('forgets once it is sent', async () => {
    startKeptForm(open(), { name: 'x' });
    await userEvent.type(field('name'), 'Claire');
    startKeptForm(open(), { name: 'x', forget: true });
    startKeptForm(open(), { name: 'x' });
    expect(field('name').value).toBe('');
  });
});
