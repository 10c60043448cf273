import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { type Fund, GIVING_RULES, type GivingRules } from '@/api/shapes';
import { useFilters } from '@/lib/use-filters';
import { DeskHead } from '@/ui/desk-head';
import { Field } from '@/ui/field';
import { ListBody } from '@/ui/list-body';
import { Pane } from '@/ui/pane';
import { Select } from '@/ui/select';
import { Trouble } from '@/ui/trouble';
import { FundEnvelopes } from './fund-envelopes';
import { FundFacts } from './fund-facts';
import { FundStanding } from './fund-standing';
import { FundWords } from './fund-words';
import { fundsQuery, openFund } from './funds-api';
import { useFundChange } from './use-fund-change';

const NEW = '+';

/** Who takes donations, under which rules, and when their page asks; for administrators, who see no donor. */
export function FundsDesk() {
  const { t, i18n } = useTranslation('money');
  const { get, set } = useFilters();
  const funds = useQuery(fundsQuery);
  const found = funds.data;
  const items = found?.items ?? [];
  const isNew = get('fund') === NEW || (funds.isSuccess && items.length === 0);
  const fund = isNew ? undefined : (items.find(({ code }) => code === get('fund')) ?? items[0]);
  const nameOf = (one: Fund) => one.texts[i18n.language]?.name ?? (one.legal_name || one.code);
  return (
    <ListBody list={funds} blank={null}>
      {found && (
        <>
          {fund ? (
            <FundStanding fund={fund} title={nameOf(fund)} />
          ) : (
            <DeskHead title={t('funds.title')} lead={t('funds.why')} />
          )}
          {items.length > 0 && (
            <div className="filters" role="group" aria-label={t('recipient.choose')}>
              {items.map((one) => (
                <button
                  key={one.code}
                  type="button"
                  className="chip"
                  aria-pressed={one === fund}
                  onClick={() => {
                    set({ fund: one.code });
                  }}
                >
                  {nameOf(one)}
                </button>
              ))}
              <button
                type="button"
                className="chip"
                aria-pressed={isNew}
                onClick={() => {
                  set({ fund: NEW });
                }}
              >
                {t('funds.new')}
              </button>
            </div>
          )}
          {isNew && (
            <NewFund
              proposed={found.proposed_rules}
              onOpened={(code) => {
                set({ fund: code });
              }}
            />
          )}
          {fund && (
            <div key={fund.code} className="settings">
              <FundFacts fund={fund} accounts={found.accounts} elections={found.elections} />
              <div className="side-by-side">
                {found.languages.map((language) => (
                  <FundWords key={language} fund={fund} language={language} />
                ))}
              </div>
              <div className="side-by-side">
                <FundEnvelopes fund={fund} languages={found.languages} />
                <Mentions fund={fund} />
              </div>
            </div>
          )}
        </>
      )}
    </ListBody>
  );
}

/** What the law has the page say, as it will say it. */
function Mentions({ fund }: { fund: Fund }) {
  const { t, i18n } = useTranslation('money');
  const said = fund.mentions[i18n.language] ?? Object.values(fund.mentions)[0] ?? [];
  return (
    <Pane title={t('mentions.title')} note={t('mentions.why')}>
      <div className="pane-body">
        {said.length === 0 && <p className="muted">{t('mentions.none')}</p>}
        {said.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
    </Pane>
  );
}

/** A recipient that asks for nothing yet; its rules are proposed from who runs this site. */
function NewFund({ proposed, onOpened }: { proposed: GivingRules; onOpened: (code: string) => void }) {
  const { t } = useTranslation('money');
  const [legal_name, setName] = useState('');
  const [code, setCode] = useState('');
  const [rules, setRules] = useState(proposed);
  const open = useFundChange(openFund, (fund) => {
    onOpened(fund.code);
  });
  const wrong = open.isError ? asProblem(open.error).fields : {};
  function submit(event: FormEvent) {
    event.preventDefault();
    open.mutate({ code, legal_name, rules });
  }
  return (
    <Pane title={t('funds.new')}>
      <form className="pane-body fields" onSubmit={submit} noValidate>
        <Field
          label={t('fund.legal_name')}
          hint={t('funds.legal_name_why')}
          required
          maxLength={200}
          value={legal_name}
          error={wrong.legal_name?.[0]}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
        <Field
          label={t('funds.code')}
          hint={t('funds.code_why', { code: code || 'rive-commune' })}
          required
          maxLength={48}
          value={code}
          error={wrong.code?.[0]}
          onChange={(event) => {
            setCode(event.target.value.toLowerCase().replace(/[^a-z0-9-]/g, '-'));
          }}
        />
        <Select
          label={t('fund.rules')}
          hint={t('funds.rules_proposed')}
          options={GIVING_RULES.map((value) => ({ value, label: t(`rules.${value}`) }))}
          value={rules}
          onChange={(event) => {
            setRules(event.target.value as GivingRules);
          }}
        />
        {open.isError && <Trouble error={open.error} kept={t('fund.kept')} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={open.isPending || !code || !legal_name.trim()}>
            {t('funds.open')}
          </button>
        </div>
      </form>
    </Pane>
  );
}
