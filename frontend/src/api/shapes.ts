import type { components } from './schema';

/** The shapes that the screens read, under the names that the screens say; they follow the API's schema. */
type Schemas = components['schemas'];

export type SeatState = Schemas['SeatState'];
export const SEAT_STATES: readonly SeatState[] = ['filled', 'stand_in', 'applied', 'vacant', 'dormant'];
export type BoardState = Schemas['BoardState'];
export const BOARD_STATES: readonly BoardState[] = ['reported', 'accepted', 'no_answer', 'late', 'neighbour', 'empty'];

export type ImportRow = Schemas['ImportOut'];
export type ImportRead = Schemas['ImportReadOut'];
export type ImportAsked = Schemas['ImportInRequest'];
export type ImportConsent = ImportAsked['consents'][number];
export type ImportLine = Schemas['PreviewedOut'];

export type Charter = Schemas['CharterOut'];
export type DocumentVersion = Schemas['VersionOut'];
export type Wordings = Schemas['WordingsOut'];
export type Wording = Schemas['WordingOut'];
export type DocumentWords = Schemas['VersionTextOut'];
export type DocumentTexts = Record<string, DocumentWords>;
export type DocumentComment = Schemas['CommentOut'];
export type Readiness = Schemas['ReadinessOut'];

export type Me = Schemas['MeOut'];
export type Appointment = Schemas['AppointmentOut'];
export type AppointmentAsked = Schemas['AppointmentInRequest'];
export type AppointedRole = Appointment['role'];
export type Organisation = Schemas['OrganisationOut'];
export type OrganisationSaid = Schemas['OrganisationInRequest'];
export type LegalKind = Organisation['legal_kind'];
export const LEGAL_KINDS: readonly LegalKind[] = [
  'association',
  'general_interest',
  'party',
  'candidate',
  'union',
  'coalition',
];
export type PlaceRow = Schemas['AreaOut'];
export type SecondFactor = Schemas['SecondFactor'];
export type Way = Schemas['Way'];
export type Security = Schemas['SecurityOut'];
export type OwnSession = Schemas['SessionOut'];
export type DemoAccount = Schemas['DemoAccountOut'];
export type Place = Schemas['GrantAreaOut'];
export type NetworkAsked = Schemas['NetworkInRequest'];
export type Network = Schemas['NetworkOut'];
export type ProgressRead = Schemas['ProgressOut'];
export type TargetAsked = Schemas['TargetInRequest'];
export type FairnessSplit = Schemas['SplitOut'];
export type Tally = Schemas['TallyOut'];
export type PlaceTally = Schemas['PlaceLineOut'];
export type OrganiserTally = Schemas['OrganiserLineOut'];
export type RelayTally = Schemas['RelayLineOut'];
export type MissingHolder = Schemas['MissingHolderOut'];
export type Missing = Schemas['MissingOut'];
export type SeatRow = Schemas['SeatRowOut'];
export type ActionSeat = Schemas['ActionSeatOut'];
export type Seat = Schemas['SeatOut'];
export type SeatTerm = Schemas['SeatTermOut'];
export type OwnTerm = Schemas['OwnTermOut'];
export type TermKind = Schemas['TermKind'];
export type Application = Schemas['ApplicationOut'];
export type ApplicationOnPaper = Schemas['EnterApplicationInRequest'];
export type EnteredApplication = Schemas['EnteredApplicationOut'];
export type ApplicationStatus = Schemas['ApplicationStatus'];
export type PersonRow = Schemas['PersonOut'];
export type PersonOnPaper = Schemas['EnterPersonInRequest'];
export type SavedView = Schemas['ViewOut'];
export type OwnConsent = Schemas['OwnConsentOut'];
export type Access = Schemas['AccessOut'];
export type AccessReason = Schemas['ReasonOut'];
export type OfficeHolder = Schemas['OfficeHolderOut'];
export type LocalParagraphs = Schemas['LocalParagraphsOut'];
export type LocalParagraph = LocalParagraphs['items'][number];
export type Rehearsals = Schemas['RehearsalsOut'];
export type Corrections = Schemas['BriefCorrectionsOut'];
export type LaunchRequest = Schemas['LaunchRequestOut'];
export type LaunchRequests = Schemas['LaunchRequestsOut'];
export type Subject = Schemas['SubjectOut'];
export type SubjectWords = Schemas['SubjectInRequest'];
export type Ledger = Schemas['LedgerOut'];
export type LedgerRow = Schemas['LedgerRowOut'];
export type RollCall = Schemas['RollCallOut'];
export type VotesRow = Schemas['VotesRowOut'];
export type Voted = VotesRow['votes'][number];
export type Side = Schemas['TieInRequest']['favourable'];
export const SIDES: readonly Side[] = ['for', 'against'];
export type Standings = Schemas['HolderStandingsOut'];
export type Standing = Schemas['HolderStandingOut'];
export type Position = Schemas['PositionOut'];
export type PositionSaid = Schemas['PositionInRequest'];
export type KnownBy = Position['known_by'];
export const KNOWN_BY: readonly KnownBy[] = ['meeting', 'staff', 'public', 'written'];
export type Contact = Schemas['HolderContactOut'];
export type ContactWords = Omit<Schemas['HolderContactInRequest'], 'office_holder'>;
export type ContactStep = Schemas['ContactStepInRequest'];
export type Staff = Schemas['StaffOut'];
export type StaffNoted = Schemas['StaffInRequest'];
export type AnswerQuestion = Schemas['AnswerQuestionOut'];
export type ContactKind = Contact['kind'];
export const CONTACT_KINDS: readonly ContactKind[] = ['meeting', 'letter', 'call', 'message', 'public_post'];
export type ContactStepKind = ContactStep['kind'];
export const CONTACT_STEPS: readonly ContactStepKind[] = [
  'request',
  'confirmation',
  'meeting',
  'minutes',
  'answer',
  'no_answer',
];
export type Action = Schemas['ActionOut'];
export type VacantRule = Schemas['VacantRule'];
export const VACANT_RULES: readonly VacantRule[] = ['worklist', 'neighbour', 'organiser'];
export type ActionStatus = Schemas['ActionStatus'];
export type ActionText = Schemas['TextOut'];
export type Assignment = Schemas['AssignmentOut'];
export type Assignments = Schemas['AssignmentsOut'];
export type Report = Schemas['ReportOut'];
export type Met = Schemas['Met'];
export type Stance = Schemas['Stance'];
export type BoardLine = Schemas['LineOut'];
export type BoardAnswer = Schemas['BoardOut'];
export type BoardCounts = Schemas['CountsOut'];
export type BoardStep = Schemas['BoardStepOut'];
export type BoardStepAsked = Schemas['StepInRequest'];
export type StepPreview = Schemas['StepPreviewOut'];
export type LineSteps = Schemas['LineStepsOut'];
export type Happened = Schemas['HappenedOut'];
export type TakeOver = Schemas['TakeOverOut'];
export type Clashes = Schemas['ClashesOut'];
export type CalendarWindow = Schemas['CalendarWindowOut'];
export type CalendarKind = Schemas['CalendarKind'];
export const CALENDAR_KINDS: readonly CalendarKind[] = ['recess', 'holiday', 'silence', 'other'];
export type CalendarAsked = Schemas['CalendarWindowInRequest'];
export type CalendarBrought = Schemas['BroughtOut'];

export type Companion = Schemas['CompanionOut'];
export type Companions = Schemas['CompanionsOut'];
export type CompanionKind = Companion['kind'];
export type OwnWelcome = Schemas['WelcomeOut'];
export type WelcomeAsked = Schemas['WelcomeInRequest'];
export type FriendlyCall = Schemas['CallOut'];
export type CallOutcome = Schemas['CallDoneInRequest']['outcome'];
export const CALL_OUTCOMES: readonly CallOutcome[] = ['well', 'break', 'hand_over', 'not_reached'];
export type Counterpart = Schemas['CounterpartOut'];
export type Counterparts = Schemas['CounterpartsOut'];
export type QuietTerm = Schemas['QuietTermOut'];
export type Newcomer = Schemas['NewcomerOut'];
export type Conversation = Schemas['ConversationOut'];
export type Concern = Schemas['ConcernOut'];
export type OwnConcern = Schemas['OwnConcernOut'];
export type ConcernTold = Schemas['ConcernInRequest'];
export type Note = Schemas['NoteOut'];
export type NoteKind = Note['kind'];
export const NOTE_KINDS: readonly NoteKind[] = ['office_holder', 'promised', 'help', 'next'];
export const DATED_NOTES: readonly NoteKind[] = ['promised', 'next'];
export type HandOverAsked = Schemas['HandOverInRequest'];
export type HandOverToComplete = Schemas['HandOverToCompleteOut'];
export type Dossier = Schemas['DossierOut'];
export type Duplicate = Schemas['DuplicateOut'];
export type MergePreview = Schemas['MergePreviewOut'];
export type Merge = Schemas['MergeOut'];
export type SeatToFill = Schemas['SeatToFillOut'];
export type SeatToFillWhole = Schemas['SeatToFillWholeOut'];
export type SeatAsk = Schemas['SeatAskOut'];
export type AskKind = SeatAsk['kind'];
export type AskedPeople = Schemas['AskedPeopleOut'];
export type FillingStep = Schemas['FillingStepOut'];
export type StepKind = FillingStep['kind'];
export type WrittenStep = Schemas['FillingStepInRequest']['kind'];
export const WRITTEN_STEPS: readonly WrittenStep[] = [
  'called_section',
  'met_association',
  'shared_invitation',
  'put_up_poster',
  'went_there',
  'other',
];
export type Volunteer = Schemas['VolunteerOut'];
export type StandIn = Schemas['StandInOut'];
export type Invitation = Schemas['InvitationOut'];
export type OwnAsk = Schemas['OwnAskOut'];
export type Country = Schemas['CountryOut'];
export type Today = Schemas['TodayOut'];
export type Treasury = Schemas['TreasuryOut'];
export type RecipientKept = Schemas['RecipientKeptOut'];
export type PageToLookAt = Schemas['PageToLookAtOut'];
export type Reported = Schemas['PageReportOut'];
export type PageDecision = Schemas['PageDecisionInRequest'];
export type OwnPage = Schemas['OwnPageOut'];
export type FundChoice = Schemas['FundChoiceOut'];
export type FundFigures = Schemas['DashboardOut'];
export type CurveTold = Schemas['CurveToldOut'];
export type MonthSum = Schemas['MonthSumOut'];
export type PlaceTotal = Schemas['PlaceTotalOut'];
export type DonationRow = Schemas['DonationRowOut'];
export type DonorStanding = Schemas['DonorStandingOut'];
export type DonorCorrection = Schemas['DonorCorrectionInRequest'];
export type DonationCard = Schemas['DonationCardOut'];
export type DonationState = Schemas['DonationState'];
export const DONATION_STATES: readonly DonationState[] = [
  'settled',
  'processing',
  'held',
  'confirming',
  'started',
  'failed',
  'ended',
];
export type DonationMethod = Schemas['Method'];
export type GivenBack = Schemas['GivenBackOut'];
export type Refund = Schemas['RefundOut'];
export type CancelReceipt = Schemas['CancelReceiptInRequest'];
export type AgentsWord = Omit<Schemas['AuthorisationInRequest'], 'amount'>;
export type HeldCard = Schemas['HeldOut'];
export type Dispute = Schemas['DisputeOut'];
export type Difference = Schemas['DifferenceOut'];
export type Excess = Schemas['ExcessOut'];
export type ExcessState = Schemas['ExcessState'];
export const EXCESS_STATES: readonly ExcessState[] = ['found', 'authorised', 'returned', 'dismissed'];
export type NearIdentity = Schemas['NearIdentityOut'];
export type NearState = Schemas['NearState'];
export const NEAR_STATES: readonly NearState[] = ['open', 'same', 'not_same'];
export type MonthlyDonation = Schemas['MonthlyRowOut'];
export type MonthlyState = Schemas['MonthlyState'];
export const MONTHLY_STATES: readonly MonthlyState[] = ['active', 'failing', 'paused', 'starting', 'stopped'];
export type ProviderMoney = Schemas['MoneyOut'];
export type Payout = Schemas['PayoutOut'];
export const DONATION_METHODS: readonly DonationMethod[] = ['card', 'sepa_debit', 'cheque', 'transfer', 'cash'];

export type BatchLine = Schemas['BatchLineOut'];
export type Batch = Schemas['BatchOut'];
export type BatchRow = Schemas['BatchRowOut'];
export type BatchRowAsked = Schemas['BatchRowInRequest'];
export type MethodByHand = Schemas['MethodByHand'];
export const METHODS_BY_HAND: readonly MethodByHand[] = ['cheque', 'cash', 'transfer'];
export type BankLine = Schemas['BankLineOut'];
export type BankEntry = Schemas['BankEntryOut'];
export type StatementReading = Schemas['ReadingOut'];
export type SetAside = Schemas['SetAsideInRequest']['set_aside'];
export const SET_ASIDE: readonly SetAside[] = ['bank_fee', 'expense', 'own_transfer', 'other_income'];
export type LedgerEntry = Schemas['EntryRowOut'];
export const ENTRY_KINDS: readonly LedgerEntry['kind'][] = [
  'donation',
  'fee',
  'refund',
  'refund_failed',
  'dispute',
  'dispute_won',
  'payout',
  'payout_failed',
  'deposit',
  'transfer',
  'correction',
  'other',
];
export type ClosingBar = Schemas['BarOut']['bar'];
export type BookYear = Schemas['BookYearOut'];
export type OwnGiving = Schemas['OwnGivingOut'];
export type OwnDonation = Schemas['OwnDonationOut'];
export type OfficialReceipts = Schemas['OfficialReceiptsOut'];
export type DonorFile = Schemas['DonorFileOut'];
export type OfficialNumbers = Schemas['NumbersOut'];
export type Fund = Schemas['FundOut'];
export type FundFacts = Schemas['FundFactsInRequest'];
export type FundWords = Schemas['FundWordsInRequest'];
export type Envelope = Schemas['EnvelopeOut'];
export type GivingRules = Schemas['GivingRules'];
export const GIVING_RULES: readonly GivingRules[] = ['fr-party', 'fr-candidate', 'fr-association', 'none'];
