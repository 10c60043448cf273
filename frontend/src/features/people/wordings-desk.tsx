import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Wording } from '@/api/shapes';
import { day } from '@/lib/format';
import { DeskHead } from '@/ui/desk-head';
import { ListBody } from '@/ui/list-body';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { draftWording, wordingsQuery } from './wordings-api';
import { WordingRetire } from './wording-retire';

/** The sentences beside the boxes of forms: what is read now, and whether the organisation wrote it. */
export function WordingsDesk() {
  const { t } = useTranslation('organiser');
  const wordings = useQuery(wordingsQuery);
  return (
    <>
      <DeskHead title={t('wordings.title')} lead={t('wordings.lead')}>
        <Link className="button line" to="/desk/charter">
          {t('wordings.charter')}
        </Link>
      </DeskHead>
      <ListBody list={wordings} blank={null}>
        <div className="side-by-side">
          {wordings.data?.items.map((wording) => (
            <WordingPane key={wording.slug} wording={wording} />
          ))}
        </div>
      </ListBody>
    </>
  );
}

function WordingPane({ wording }: { wording: Wording }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const draft = useMutation({
    mutationFn: () => draftWording(wording.slug),
    onSuccess: () => navigate(`/desk/wordings/${wording.slug}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['people', 'charter'] }),
  });
  const { in_force: inForce, software, under_way: underWay } = wording;
  const adopted = wording.versions.find((version) => version.state === 'adopted');
  return (
    <Pane title={wording.title} note={t(wording.is_own ? 'wordings.own' : 'wordings.software')}>
      <div className="pane-body">
        <blockquote className="wording">{inForce.text}</blockquote>
        <p className="note">
          <code>{inForce.version}</code>{' '}
          {inForce.since && <Raised text={t('wordings.since', { day: day(inForce.since) })} />}
        </p>
        {wording.is_behind && (
          <div className="notice">
            <p>{t('wordings.behind')}</p>
            <blockquote className="wording">{software.text}</blockquote>
          </div>
        )}
        {underWay && (
          <p>
            <Raised
              text={
                underWay.state === 'proposed'
                  ? t('wordings.proposed', { day: day(underWay.comments_until ?? '') })
                  : t('wordings.draft')
              }
            />
          </p>
        )}
        {draft.isError && <Trouble error={draft.error} />}
        <div className="buttons">
          {wording.abilities.draft && (
            <button
              type="button"
              className="button line"
              disabled={draft.isPending}
              aria-label={t('wordings.write_for', { title: wording.title })}
              onClick={() => {
                draft.mutate();
              }}
            >
              {t(wording.is_own ? 'charter.begin_next' : 'wordings.write')}
            </button>
          )}
          {underWay && (
            <Link className="button" to={`/desk/wordings/${wording.slug}`}>
              {t(underWay.state === 'proposed' ? 'wordings.read_comments' : 'wordings.go_on')}
            </Link>
          )}
          {adopted && wording.abilities.retire && <WordingRetire version={adopted} wording={wording} />}
        </div>
      </div>
    </Pane>
  );
}
