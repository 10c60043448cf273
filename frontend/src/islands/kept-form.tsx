import { eachIsland } from '@/lib/islands';
import { startKeptForm, type KeptFormProps } from '@/lib/kept-form';

eachIsland<KeptFormProps>('kept-form', startKeptForm);
