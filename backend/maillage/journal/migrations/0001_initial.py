
import django.db.models.deletion
import django.db.models.functions.datetime
import maillage.kernel.ids
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='IdempotencyKey',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(help_text="keyed hash of who, endpoint and the client's key", max_length=64, unique=True)),
                ('fingerprint', models.CharField(help_text='keyed hash of what was asked', max_length=64)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('content_type', models.CharField(blank=True, default='', max_length=64)),
                ('location', models.CharField(blank=True, default='', max_length=512)),
                ('body', models.BinaryField(null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='Inbound',
            fields=[
                ('queue', models.CharField(default='default', max_length=32)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('handed', 'Handed'), ('running', 'Running'), ('done', 'Done'), ('dead', 'Dead')], db_default='waiting', default='waiting', max_length=8)),
                ('run_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('hands', models.PositiveSmallIntegerField(db_default=0, default=0, help_text='times handed to the broker since it last ran')),
                ('attempts', models.PositiveSmallIntegerField(db_default=0, default=0, help_text='times a worker began it')),
                ('lease', models.UUIDField(blank=True, help_text='whose run this is; only its holder may stamp', null=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('failure', models.CharField(blank=True, db_default='', default='', help_text="the last failure's type or code, never its text", max_length=128)),
                ('id', models.UUIDField(default=maillage.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(max_length=32)),
                ('external_id', models.CharField(help_text="the sender's own id of the message", max_length=128)),
                ('body', models.BinaryField(help_text='erased 30 days after it came', null=True)),
                ('received_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('queue', models.CharField(default='default', max_length=32)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('handed', 'Handed'), ('running', 'Running'), ('done', 'Done'), ('dead', 'Dead')], db_default='waiting', default='waiting', max_length=8)),
                ('run_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('hands', models.PositiveSmallIntegerField(db_default=0, default=0, help_text='times handed to the broker since it last ran')),
                ('attempts', models.PositiveSmallIntegerField(db_default=0, default=0, help_text='times a worker began it')),
                ('lease', models.UUIDField(blank=True, help_text='whose run this is; only its holder may stamp', null=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('failure', models.CharField(blank=True, db_default='', default='', help_text="the last failure's type or code, never its text", max_length=128)),
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=64)),
                ('args', models.JSONField(default=dict, help_text='ids, codes and instants only')),
                ('unique_key', models.CharField(blank=True, help_text='a name and key are enqueued once, until the row is swept', max_length=96, null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=64)),
                ('subject_kind', models.CharField(help_text='app.model of the row that it happened to', max_length=64)),
                ('subject_id', models.CharField(max_length=36)),
                ('actor_id', models.UUIDField(blank=True, help_text='the user who did it; empty when nobody signed in did', null=True)),
                ('at', models.DateTimeField()),
                ('data', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_kind', 'subject_id', 'id'], name='journal_entry_subject'), models.Index(fields=['name', 'at'], name='journal_entry_name')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('subscriber', models.CharField(max_length=64)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='journal.entry')),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4e2357730d0621f5305f59f950d1d9c44e23f9e8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6d2d9', table='journal_entry', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='idempotencykey',
            index=models.Index(fields=['created_at'], name='journal_answer_created'),
        ),
        migrations.AddIndex(
            model_name='inbound',
            index=models.Index(condition=models.Q(('state__in', ('waiting', 'handed', 'running'))), fields=['queue', 'run_at'], name='journal_inbound_due'),
        ),
        migrations.AddIndex(
            model_name='inbound',
            index=models.Index(condition=models.Q(('state', 'handed')), fields=['queue'], name='journal_inbound_handed'),
        ),
        migrations.AddIndex(
            model_name='inbound',
            index=models.Index(condition=models.Q(('done_at__isnull', False)), fields=['done_at'], name='journal_inbound_done'),
        ),
        migrations.AddIndex(
            model_name='inbound',
            index=models.Index(condition=models.Q(('body__isnull', False)), fields=['received_at'], name='journal_inbound_body'),
        ),
        migrations.AddConstraint(
            model_name='inbound',
            constraint=models.UniqueConstraint(fields=('source', 'external_id'), name='journal_one_inbound'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('state__in', ('waiting', 'handed', 'running'))), fields=['queue', 'run_at'], name='journal_job_due'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('state', 'handed')), fields=['queue'], name='journal_job_handed'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('done_at__isnull', False)), fields=['done_at'], name='journal_job_done'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.UniqueConstraint(fields=('name', 'unique_key'), name='journal_one_job_a_key'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='job',
            field=models.OneToOneField(blank=True, help_text='empty once swept', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='delivery', to='journal.job'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('entry', 'subscriber'), name='journal_one_delivery_a_subscriber'),
        ),
    ]
