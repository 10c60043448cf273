import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { FundsOut } from '@/api/schema';
import { type Fund, type FundFacts as Facts, GIVING_RULES, type GivingRules } from '@/api/shapes';
import { dated } from '@/lib/format';
import { Check } from '@/ui/check';
import { Field } from '@/ui/field';
import { Pane } from '@/ui/pane';
import { Select } from '@/ui/select';
import { Trouble } from '@/ui/trouble';
import { inCents, inEuros, listInCents, listInEuros } from './cents';
import { describeFund } from './funds-api';
import { useFundChange } from './use-fund-change';

interface Props {
  fund: Fund;
  accounts: readonly string[];
  elections: FundsOut['elections'];
}

const TEXTS = [
  'legal_name',
  'party',
  'candidates',
  'address',
  'phone',
  'email',
  'registration',
  'purpose',
  'quality',
  'signatory',
] as const;
const LONG = new Set<string>(['address', 'purpose']);
const TYPES: Partial<Record<(typeof TEXTS)[number], string>> = { phone: 'tel', email: 'email' };
const DAYS = ['opens_on', 'closes_on'] as const;

const typedOf = (fund: Fund) => ({
  ...fund,
  least: inEuros(fund.least),
  goal: inEuros(fund.goal),
  allowed_expenses: inEuros(fund.allowed_expenses),
  suggested_once: listInEuros(fund.suggested_once),
  suggested_monthly: listInEuros(fund.suggested_monthly),
});
type Typed = ReturnType<typeof typedOf>;

function factsOf(typed: Typed): Facts {
  return {
    legal_name: typed.legal_name,
    address: typed.address,
    phone: typed.phone,
    email: typed.email,
    registration: typed.registration,
    purpose: typed.purpose,
    quality: typed.quality,
    party: typed.party,
    agent_is_person: typed.agent_is_person,
    candidates: typed.candidates,
    approved_on: typed.approved_on || null,
    signatory: typed.signatory,
    cares: typed.cares,
    allowed_expenses: inCents(typed.allowed_expenses),
    opens_on: typed.opens_on || null,
    closes_on: typed.closes_on || null,
    iban: typed.iban,
    creditor_id: typed.creditor_id,
    suggested_once: listInCents(typed.suggested_once),
    suggested_monthly: listInCents(typed.suggested_monthly),
    least: inCents(typed.least) ?? NaN,
    goal: inCents(typed.goal),
    goal_from: typed.goal_from || null,
    goal_on: typed.goal_on || null,
    rules: typed.rules,
    account: typed.account ?? '',
    election: typed.election ?? '',
  };
}

/** Who the recipient is, what it suggests, when it collects, and through which account. Only what its rules ask is shown, and what was said. */
export function FundFacts({ fund, accounts, elections }: Props) {
  const { t } = useTranslation('money');
  const [typed, setTyped] = useState(() => typedOf(fund));
  const save = useFundChange(describeFund, (saved) => {
    setTyped(typedOf(saved));
  });
  const wrong = save.isError ? asProblem(save.error).fields : {};
  const change = (part: Partial<Typed>) => {
    setTyped((before) => ({ ...before, ...part }));
  };
  const text = (
    name:
      | (typeof TEXTS)[number]
      | 'iban'
      | 'creditor_id'
      | 'least'
      | 'goal'
      | 'suggested_once'
      | 'suggested_monthly'
      | 'allowed_expenses',
  ) => ({
    label: t(`fund.${name}`),
    value: typed[name],
    error: wrong[name]?.[0],
    onChange: (event: { target: { value: string } }) => {
      change({ [name]: event.target.value });
    },
  });
  const date = (name: 'opens_on' | 'closes_on' | 'goal_from' | 'goal_on' | 'approved_on') => ({
    label: t(`fund.${name}`),
    type: 'date',
    value: typed[name] ?? '',
    error: wrong[name]?.[0],
    onChange: (event: { target: { value: string } }) => {
      change({ [name]: event.target.value });
    },
  });
  const isAsked = (name: string) => fund.asked_facts.includes(name) || Boolean(fund[name as keyof Fund]);
  const isCandidate = typed.rules === 'fr-candidate';
  const known = accounts.includes(typed.account ?? '') || !typed.account ? accounts : [...accounts, typed.account];
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate({ code: fund.code, facts: factsOf(typed) });
  }
  return (
    <form onSubmit={submit} noValidate className="settings">
      <div className="side-by-side">
        <Pane title={t('fund.who')}>
          <div className="pane-body fields">
            <Select
              label={t('fund.rules')}
              hint={t(fund.is_given_to ? 'fund.rules_stay' : 'fund.rules_why')}
              disabled={fund.is_given_to}
              options={GIVING_RULES.map((value) => ({ value, label: t(`rules.${value}`) }))}
              value={typed.rules}
              onChange={(event) => {
                change({ rules: event.target.value as GivingRules });
              }}
            />
            {TEXTS.filter((name) => name === 'legal_name' || isAsked(name)).map((name) =>
              LONG.has(name) ? (
                <Field key={name} {...text(name)} rows={2} />
              ) : (
                <Field
                  key={name}
                  {...text(name)}
                  type={TYPES[name]}
                  hint={name in TYPES && t('fund.reach_why')}
                  maxLength={200}
                />
              ),
            )}
            {isAsked('approved_on') && (
              <>
                <Field {...date('approved_on')} hint={t('fund.approved_on_why')} />
                <Check
                  label={t('fund.agent_is_person')}
                  isChecked={typed.agent_is_person}
                  onCheck={(agent_is_person) => {
                    change({ agent_is_person });
                  }}
                />
              </>
            )}
            {typed.rules === 'fr-association' && (
              <Check
                label={t('fund.cares')}
                isChecked={typed.cares}
                onCheck={(cares) => {
                  change({ cares });
                }}
              />
            )}
          </div>
        </Pane>
        <Pane title={t('fund.how')}>
          <div className="pane-body fields">
            <Select
              label={t('fund.account')}
              hint={t(`fund.account_${fund.account_mode}`)}
              error={wrong.account?.[0]}
              options={[
                { value: '', label: t('fund.no_account') },
                ...known.map((code) => ({ value: code, label: code })),
              ]}
              value={typed.account ?? ''}
              onChange={(event) => {
                change({ account: event.target.value });
              }}
            />
            <Field {...text('suggested_once')} hint={t('fund.suggested_why')} inputMode="decimal" />
            <Field {...text('suggested_monthly')} inputMode="decimal" />
            <Field {...text('least')} inputMode="decimal" />
            <Field {...text('goal')} inputMode="decimal" />
            {typed.goal && <Field {...date('goal_from')} hint={t('fund.goal_from_why')} />}
            {typed.goal && <Field {...date('goal_on')} />}
            {isCandidate && (
              <>
                <Select
                  label={t('fund.election')}
                  error={wrong.election?.[0]}
                  hint={
                    fund.collects_from
                      ? t('fund.collects_from', { day: dated(fund.collects_from) })
                      : t('fund.election_why')
                  }
                  options={[
                    { value: '', label: t('fund.no_election') },
                    ...elections.map((each) => ({
                      value: each.code,
                      label: t(each.is_confirmed ? 'fund.vote' : 'fund.vote_expected', {
                        name: each.name,
                        day: dated(each.first_round_on),
                      }),
                    })),
                  ]}
                  value={typed.election ?? ''}
                  onChange={(event) => {
                    const vote = elections.find((each) => each.code === event.target.value);
                    change({
                      election: event.target.value,
                      opens_on: typed.opens_on || (vote?.collects_from ?? ''),
                      closes_on: typed.closes_on || (vote?.collects_until ?? ''),
                    });
                  }}
                />
                <Field {...text('allowed_expenses')} inputMode="decimal" />
              </>
            )}
            {DAYS.map((name) => (
              <Field key={name} {...date(name)} />
            ))}
            <Field {...text('iban')} maxLength={50} />
            <Field {...text('creditor_id')} maxLength={35} />
          </div>
        </Pane>
      </div>
      {save.isError && <Trouble error={save.error} kept={t('fund.kept')} />}
      <div className="buttons">
        <button type="submit" className="button" disabled={save.isPending || !fund.abilities.describe}>
          {t('fund.save')}
        </button>
        <p className="note" role="status">
          {save.isSuccess && t('fund.saved')}
        </p>
      </div>
    </form>
  );
}
